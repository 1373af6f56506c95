package keel.nn.data;

import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;

/// Samples of a batch mixed with one another, and their labels with them: classes `(n)` in I32 become shares `(n, classes)` in
/// F32 that add up to 1, which cross entropy takes as they are. Any lambda is one.
///
/// ```java
/// var batches = Batches.seeded(train, 64, 42).mixed(Mix.mixup(0.2, 10));
/// ```
@FunctionalInterface
public interface Mix {
    /// The mixed batch; the one given stays as it is.
    Batch apply(Batch batch, RandomGenerator random);

    /// Each sample becomes `λ·x + (1 − λ)·x′`, `x′` another one of the batch (by a shuffle of it) and `λ ~ Beta(alpha, alpha)`,
    /// one for the batch; so do the labels (Zhang et al. 2017, arXiv:1710.09412, eq. 1). `x (n, …)` in F32.
    ///
    /// Throws [IllegalArgumentException] unless `alpha` > 0 and `classes` ≥ 1.
    static Mix mixup(double alpha, int classes) {
        Mixing.check("mixup", alpha, classes);
        return (batch, random) -> {
            var labels = Mixing.shares("mixup", batch, classes);
            double lambda = Mixing.beta(alpha, random);
            var other = NdArray.of(Mixing.partners(batch.size(), random));
            var x = batch.x().value();
            return new Batch(Tensor.of(Mixing.blend(x, x.indexSelect(0, other), lambda)),
                Mixing.blend(labels, labels.indexSelect(0, other), lambda));
        };
    }

    /// Each image gets a rectangle of another one, of the share `1 − λ` of its area and around a place drawn for the batch, with
    /// `λ ~ Beta(alpha, alpha)`; labels are mixed by the share that came to lie inside (Yun et al. 2019, arXiv:1905.04899,
    /// algorithm A1). `x (n, c, height, width)` or `(n, height, width)` in F32.
    ///
    /// Throws [IllegalArgumentException] unless `alpha` > 0 and `classes` ≥ 1.
    static Mix cutmix(double alpha, int classes) {
        Mixing.check("cutmix", alpha, classes);
        return (batch, random) -> {
            var labels = Mixing.shares("cutmix", batch, classes);
            var x = batch.x().value();
            Pixels.require("cutmix", x);
            double side = Math.sqrt(1 - Mixing.beta(alpha, random));
            var partners = Mixing.partners(batch.size(), random);
            var y = x.copy();
            double share = Mixing.paste(y, x, partners, side, random);
            var mixed = Mixing.blend(labels, labels.indexSelect(0, NdArray.of(partners)), 1 - share);
            return new Batch(Tensor.of(y), mixed.cast(DType.F32));
        };
    }
}
