package keel.nn.residual;

import keel.autograd.Tensor;
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

    private static Layer chain(Layer... body) {
        return body.length == 1 ? body[0] : Sequential.of(body);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var f = pass.run("body", body, placement == Placement.PRE ? pass.run("norm", norm, x) : x);
        if (!f.shape().equals(x.shape())) {
            throw new IllegalArgumentException("Residual" + pass.at() + ": the body turned " + x.shape() + " into " + f.shape()
                + ", x + F(x) needs one shape; let the body end in the shape it got, or change the width outside the block");
        }
        var y = x.add(f);
        return placement == Placement.POST ? pass.run("norm", norm, y) : y;
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
