package keel.nn.norm;

import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// A [BatchNorm] that normalizes slices of the batch by themselves, `(n, c, …) → (n, c, …)`: large batches keep the noise of
/// small ones, and with it their generalization (Hoffer et al. 2017, arXiv:1705.08741).
///
/// A training batch of `n` is cut into `n/ghost` slices (rounded down, at least one) whose sizes differ by at most one; each
/// counts as a batch in the running statistics. In inference it is the BatchNorm.
public record GhostBatchNorm(BatchNorm norm, int ghost) implements Layer {
    /// @throws IllegalArgumentException if a slice would hold fewer than 2 samples
    public GhostBatchNorm {
        if (ghost < 2) throw new IllegalArgumentException("GhostBatchNorm: slices of " + ghost + "; give 2 samples or more");
    }

    /// `norm` on slices of about `ghost` samples.
    public static GhostBatchNorm of(BatchNorm norm, int ghost) {
        return new GhostBatchNorm(norm, ghost);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int n = x.rank() == 0 ? 0 : x.extent(0);
        int slices = Math.max(1, n / ghost);
        if (!pass.isTraining() || slices == 1) return norm.forward(x, pass);
        var parts = new Tensor[slices];
        for (int i = 0; i < slices; i++) {
            int from = (int) ((long) n * i / slices);
            int to = (int) ((long) n * (i + 1) / slices);
            parts[i] = norm.forward(x.slice(0, from, to), pass);
        }
        return Tensor.concat(0, parts);
    }

    @Override
    public void visit(Visitor visitor) {
        norm.visit(visitor);
    }

    @Override
    public String toString() {
        return "Ghost" + norm + " of " + ghost;
    }
}
