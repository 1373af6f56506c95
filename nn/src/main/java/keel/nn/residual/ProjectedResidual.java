package keel.nn.residual;

import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;

/// A residual whose body changes the shape: `y = P(x) + F(x)` with a projection `P`, a linear layer or a convolution of kernel
/// 1 and the body's stride (He et al. 2015, arXiv:1512.03385, eq. 2). `P` is no identity: use it where the shape changes, and
/// [Residual] elsewhere.
///
/// Children: `shortcut` and `body`.
public record ProjectedResidual(Layer shortcut, Layer body) implements Layer {
    /// @throws IllegalArgumentException if a part is null
    public ProjectedResidual {
        if (shortcut == null || body == null) {
            throw new IllegalArgumentException("ProjectedResidual: shortcut " + shortcut + " and body " + body + "; give both");
        }
    }

    /// `shortcut(x) + body(x)`
    public static ProjectedResidual of(Layer shortcut, Layer... body) {
        return new ProjectedResidual(shortcut, body.length == 1 ? body[0] : Sequential.of(body));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var s = pass.run("shortcut", shortcut, x);
        return s.add(Residual.same("ProjectedResidual", pass, s, pass.run("body", body, x)));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("shortcut", shortcut);
        visitor.child("body", body);
    }

    @Override
    public String toString() {
        return "ProjectedResidual(" + shortcut + ", " + body + ")";
    }
}
