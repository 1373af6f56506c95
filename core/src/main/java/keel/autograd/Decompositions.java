package keel.autograd;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Derivatives of [Linalg]. A decomposition into several factors is one result that holds them one behind the other along its
/// last axis, (…, length), of which the factors are slices.
final class Decompositions {
    private Decompositions() {}

    // ---- q·r

    static Tensor packed(Tensor x) {
        var y = keel.array.Linalg.qr(x.value());
        return Tensor.op(NdArray.concat(-1, flat(y.q()), flat(y.r())), new QrFactors(x));
    }

    /// The factors of [QrFactors], or their gradients.
    static Linalg.Qr qr(Tensor packed, int m, int n) {
        return new Linalg.Qr(part(packed, 0, m, n), part(packed, m * n, n, n));
    }

    private static NdArray flat(NdArray x) {
        return x.reshape(leading(x.shape(), 2, x.extent(-2) * x.extent(-1)));
    }

    // (m, n) matrices from place `at` on
    private static Tensor part(Tensor packed, int at, int m, int n) {
        return packed.slice(-1, at, at + m * n).reshape(leading(packed.shape(), 1, m, n));
    }

    // The shape with other last extents.
    private static Shape leading(Shape x, int dropped, int... last) {
        var y = x;
        for (int i = 0; i < dropped; i++) {
            y = y.removed(y.rank() - 1);
        }
        for (int e : last) {
            y = y.inserted(y.rank(), e);
        }
        return y;
    }

    /// x (…, m, n), m ≥ n: `∂x = (∂q + q·copyltu(M))·r⁻ᵀ`, `M = r·∂rᵀ − ∂qᵀ·q`, where copyltu is the symmetric matrix with M's
    /// lower triangle (Walter and Lehmann 2012, arXiv:1009.6112).
    record QrFactors(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> {
                int m = x.extent(-2);
                int n = x.extent(-1);
                var f = Decompositions.qr(y, m, n);
                var d = Decompositions.qr(dy, m, n);
                var c = f.r().matmulNT(d.r()).sub(d.q().matmulTN(f.q()));
                var symmetric = c.tril(0).add(c.tril(-1).transpose());
                return Linalg.solve(f.r(), d.q().add(f.q().matmul(symmetric)).transpose()).transpose();
            });
        }
    }

    // ---- u·diag(s)·vT

    static Linalg.Svd svd(Tensor x) {
        var y = keel.array.Linalg.svd(x.value());
        return factors(Tensor.op(NdArray.concat(-1, flat(y.u()), y.s(), flat(y.vT())), new SvdFactors(x)), x);
    }

    private static Linalg.Svd factors(Tensor packed, Tensor x) {
        int m = x.extent(-2);
        int n = x.extent(-1);
        int k = Math.min(m, n);
        return new Linalg.Svd(part(packed, 0, m, k), packed.slice(-1, m * k, m * k + k), part(packed, m * k + k, k, n));
    }

    /// With `F(Z)ᵢⱼ = (Z − Zᵀ)ᵢⱼ/(sⱼ² − sᵢ²)`: `∂x = u·(F(uᵀ∂u)·s + s·F(vᵀ∂v) + ∂s)·vᵀ`, and what of ∂u and ∂v lies outside of
    /// the spaces of u and v, over s (Townsend 2016, "Differentiating the singular value decomposition").
    record SvdFactors(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> {
                var f = factors(y, x);
                var d = factors(dy, x);
                var row = f.s().unsqueeze(-2);
                var column = f.s().unsqueeze(-1);
                var gaps = row.sub(column).mul(row.add(column));
                var z = f.u().matmulTN(d.u());
                var w = f.vT().matmulNT(d.vT());
                var inner = over(z.sub(z.transpose()), gaps).mul(row).add(over(w.sub(w.transpose()), gaps).mul(column))
                    .add(d.s().diagonalEmbed(0, -2, -1));
                var dx = f.u().matmul(inner).matmul(f.vT());
                if (x.extent(-2) > x.extent(-1)) {
                    dx = dx.add(over(d.u().sub(f.u().matmul(z)), row).matmul(f.vT()));
                } else if (x.extent(-2) < x.extent(-1)) {
                    dx = dx.add(f.u().matmul(over(d.vT().sub(d.vT().matmulNT(f.vT()).matmul(f.vT())), column)));
                }
                return dx;
            });
        }
    }

    // a/b, and 0 for 0/0: what the loss does not depend on
    private static Tensor over(Tensor a, Tensor b) {
        var none = a.value().eq(0).and(b.value().eq(0));
        return a.div(Tensor.where(none, Tensor.scalar(b.dtype(), 1), b));
    }

    /// `u·diag(∂s)·vT`
    record SingularValues(Tensor x, NdArray u, NdArray vT) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public NdArray[] constants() { return new NdArray[] {u, vT}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> Functions.either(() -> u.matmul(dy.value().unsqueeze(-1).mul(vT)), () -> {
                var f = Linalg.svd(x);
                return f.u().matmul(dy.unsqueeze(-1).mul(f.vT()));
            }));
        }
    }

    // ---- triangular factors and inverses

    /// `∂x = L⁻ᵀ·Φ(Lᵀ∂L)·L⁻¹`, its symmetric part, where Φ is the lower triangle with half the diagonal (Murray 2016,
    /// arXiv:1602.07527).
    record Cholesky(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> {
                var half = Tensor.of(NdArray.ones(dy.dtype(), 1)).expand(Shape.of(x.extent(-1), x.extent(-1))).tril(0)
                    .sub(Tensor.of(NdArray.eye(dy.dtype(), x.extent(-1)).mul(0.5)));
                var upper = y.transpose();
                var left = Linalg.solve(upper, y.matmulTN(dy).tril(0).mul(half));
                var both = Linalg.solve(upper, left.transpose());
                return both.add(both.transpose()).mul(0.5);
            });
        }
    }

    /// `∂b = a⁻ᵀ·∂x`, `∂a = −∂b·xᵀ`
    record Solve(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var db = Linalg.solve(a.transpose(), dy);
            in.give(b, () -> db);
            in.give(a, () -> db.matmulNT(y).neg());
        }
    }

    /// `∂x = −yᵀ·∂y·yᵀ`
    record Inverse(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> y.matmulTN(dy).matmulNT(y).neg());
        }
    }

    /// `∂x = ∂y·det·x⁻ᵀ`; where a determinant is 0, and x⁻¹ is none, by the cofactors `det(u·v)·u·diag(Πⱼ≠ᵢ sⱼ)·vT`.
    record Det(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> {
                var each = dy.unsqueeze(-1).unsqueeze(-1);
                if (y.value().eq(0).any(false).cast(DType.F64).item() == 0) {
                    return each.mul(y.unsqueeze(-1).unsqueeze(-1)).mul(Linalg.inverse(x).transpose());
                }
                var f = Linalg.svd(x);
                var turn = keel.array.Linalg.det(f.u().value().matmul(f.vT().value())).sign(); // ±1, and does not change
                var others = Reductions.Prod.allButOne(f.s()).unsqueeze(-1);
                return each.mul(Tensor.of(turn.unsqueeze(-1).unsqueeze(-1))).mul(f.u().matmul(others.mul(f.vT())));
            });
        }
    }

    /// `∂x = ∂y·x⁻ᵀ`
    record LogDet(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> dy.unsqueeze(-1).unsqueeze(-1).mul(Linalg.inverse(x).transpose()));
        }
    }
}
