package keel.nn.residual;

import keel.autograd.Tensor;
import keel.nn.init.DepthScale;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;

/// A post-norm residual whose shortcut counts more: `y = norm(α·x + F(x))`, `(…) → (…)`, `α = (2L)^¼` for L blocks, with the
/// weights of `F` started from Xavier with gain `β = (8L)^−¼` ([DepthScale#deepNormWeight]): together they bound what an update
/// does to the output, whatever the depth, and a post-norm net of 1,000 layers trains (Wang et al. 2022, arXiv:2203.00555).
///
/// Children: `norm` and `body`.
public record DeepNorm(double alpha, Layer norm, Layer body) implements Layer {
    /// @throws IllegalArgumentException if α is not finite and above 0, or a part is null
    public DeepNorm {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY) || norm == null || body == null) {
            throw new IllegalArgumentException("DeepNorm: alpha " + alpha + " with norm " + norm + " and body " + body
                + "; give a finite number above 0, a norm and a body");
        }
    }

    /// A block of `blocks` of them; a transformer layer has two, its attention and its feed-forward net, and counts once.
    public static DeepNorm of(int blocks, Layer norm, Layer... body) {
        return new DeepNorm(DepthScale.deepNormShortcut(blocks), norm, body.length == 1 ? body[0] : Sequential.of(body));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var f = Residual.same("DeepNorm", pass, x, pass.run("body", body, x));
        return pass.run("norm", norm, x.mul(alpha).add(f));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("norm", norm);
        visitor.child("body", body);
    }

    @Override
    public String toString() {
        return "DeepNorm(" + alpha + "·x + " + body + ") → " + norm;
    }
}
