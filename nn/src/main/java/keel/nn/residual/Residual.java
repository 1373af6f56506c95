package keel.nn.residual;

import java.util.ArrayList;
import java.util.Arrays;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;

/// A body `F` with a shortcut around it, `(…) → (…)`; `F` must keep the shape (He et al. 2015, arXiv:1512.03385).
///
/// - [plain][#plain]: `y = x + F(x)`
/// - [preNorm][#preNorm]: `y = x + F(norm(x))`, the stable choice for deep stacks; put one more norm behind the last block
/// - [postNorm][#postNorm]: `y = norm(x + F(x))`, the original transformer's; deep stacks of it need warmup (Xiong et al.
/// 2020, arXiv:2002.04745)
/// - [sandwich][#sandwich], [ReZero][#reZero], [SkipInit][#skipInit], [LayerScale][#layerScale], [Fixup][#fixup],
/// [scaled][#scaled] and [stochastic][#stochastic] blocks: one of the three, with a body that ends in one more layer
///
/// [DeepNorm], [ProjectedResidual], [Highway] and [DenseUnit] have shortcuts of their own.
///
/// The Jacobian is `I + J_F`: a gradient always has a way through the shortcut, which the body may still cancel (`F = −x`
/// leaves nothing).
///
/// **A plain residual whose body neither normalizes nor scales down doubles the variance in each block**: `x` and `F(x)` are
/// of one size and add up. Twenty blocks
/// are a factor of a million and the run ends in NaN. Use [#preNorm], or let the last layer of each body start at zero
/// (`Linear.of(n, n, Init.zeros(), random)`): then each block starts as the identity.
///
/// Children: `norm`, where there is one, and `body`; several layers are a [Sequential], so its first weight is
/// `body.0.weight`, that of a single one `body.weight`.
public record Residual(Placement placement, Layer norm, Layer body) implements Layer {
    /// Where the normalization is.
    public enum Placement {
        /// Nowhere.
        NONE,
        /// In front of the body, off the shortcut.
        PRE,
        /// Behind the sum.
        POST
    }

    /// @throws IllegalArgumentException if there is a norm where none belongs, or none where one does
    public Residual {
        if ((placement == Placement.NONE) != (norm == null) || body == null) {
            throw new IllegalArgumentException("Residual: placement " + placement + " with norm " + norm + " and body " + body
                + "; plain takes a body, preNorm and postNorm take a norm and a body");
        }
    }

    /// `y = x + F(x)`. Read the warning of [Residual] first: without a norm inside, let the body end in zeros.
    public static Residual plain(Layer... body) {
        return new Residual(Placement.NONE, null, chain(body));
    }

    /// `y = x + F(norm(x))`
    public static Residual preNorm(Layer norm, Layer... body) {
        return new Residual(Placement.PRE, norm, chain(body));
    }

    /// `y = norm(x + F(x))`
    public static Residual postNorm(Layer norm, Layer... body) {
        return new Residual(Placement.POST, norm, chain(body));
    }

    /// `y = x + after(F(before(x)))`: as pre-norm, and the branch is normalized too before it is added, which bounds what it
    /// adds in deep or wide nets (Ding et al. 2021, "CogView", arXiv:2105.13290, sec. 2.4).
    public static Residual sandwich(Layer before, Layer after, Layer... body) {
        return preNorm(before, then(after, body));
    }

    /// `y = x + α·F(x)` with one learned α, from 0: the block starts as the identity, and the gradient reaches every weight
    /// once α has moved (Bachlechner et al. 2020, arXiv:2003.04887). No normalization is needed.
    public static Residual reZero(DType dtype, Layer... body) {
        return plain(then(Scale.of(dtype, 0), body));
    }

    /// [#reZero] under the name of De and Smith 2020 (arXiv:2002.10444), who put it behind the last convolution of a ResNet
    /// block in the place of its normalizations; `start` is 0, or `1/√blocks`.
    public static Residual skipInit(DType dtype, double start, Layer... body) {
        return plain(then(Scale.of(dtype, start), body));
    }

    /// `y = x + γ·F(norm(x))` with a learned γ a feature (last axis), from `start`: 0.1 up to 18 layers, 1e-5 up to 24, 1e-6
    /// beyond (Touvron et al. 2021, arXiv:2103.17239).
    public static Residual layerScale(DType dtype, int features, double start, Layer norm, Layer... body) {
        return preNorm(norm, then(Scale.perFeature(dtype, features, start), body));
    }

    /// `y = x + factor·F(x)` with a constant, such as [keel.nn.init.DepthScale#residual(int)].
    public static Residual scaled(double factor, Layer... body) {
        return plain(then(Activation.of("times(" + factor + ")", x -> x.mul(factor)), body));
    }

    /// `y = x + F(x)` where a training pass leaves `F` out with probability `p`, sample by sample: [DropPath]. For a branch
    /// with a norm, put a [DropPath] at its end.
    public static Residual stochastic(double p, Layer... body) {
        return plain(then(DropPath.of(p), body));
    }

    /// A block without normalization after Zhang et al. 2019 (arXiv:1901.09321, sec. 4): `weighted` layers with `activation`
    /// between them, a learned number added before each weighted layer and each activation and at the end, and a learned
    /// factor, from 1, behind the last. Start the weights at [keel.nn.init.Init#fixup] and the last of them at zero, without
    /// biases.
    public static Residual fixup(DType dtype, Activation activation, Layer... weighted) {
        var body = new ArrayList<Layer>();
        for (var layer : weighted) {
            if (!body.isEmpty()) {
                body.add(Shift.of(dtype));
                body.add(activation);
            }
            body.add(Shift.of(dtype));
            body.add(layer);
        }
        body.add(Scale.of(dtype, 1));
        body.add(Shift.of(dtype));
        return plain(body.toArray(Layer[]::new));
    }

    private static Layer chain(Layer... body) {
        return body.length == 1 ? body[0] : Sequential.of(body);
    }

    private static Layer[] then(Layer last, Layer... body) {
        var all = Arrays.copyOf(body, body.length + 1);
        all[body.length] = last;
        return all;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var f = pass.run("body", body, placement == Placement.PRE ? pass.run("norm", norm, x) : x);
        var y = x.add(same("Residual", pass, x, f));
        return placement == Placement.POST ? pass.run("norm", norm, y) : y;
    }

    /// `f`, which must have the shape of `x`.
    static Tensor same(String block, Pass pass, Tensor x, Tensor f) {
        if (!f.shape().equals(x.shape())) {
            throw new IllegalArgumentException(block + pass.at() + ": the body turned " + x.shape() + " into " + f.shape()
                + ", x + F(x) needs one shape; let the body end in the shape it got, or change the width outside the block");
        }
        return f;
    }

    @Override
    public void visit(Visitor visitor) {
        if (norm != null) visitor.child("norm", norm);
        visitor.child("body", body);
    }

    @Override
    public String toString() {
        return switch (placement) {
            case NONE -> "Residual(" + body + ")";
            case PRE -> "Residual(" + norm + " → " + body + ")";
            case POST -> "Residual(" + body + ") → " + norm;
        };
    }
}
