package keel.nn.layer;

import java.util.Arrays;

import keel.array.NdArray;
import keel.autograd.Inputs;
import keel.autograd.Tensor;
import keel.autograd.Vjp;

/// The Euclidean projection onto the simplex along an axis (Martins and Astudillo 2016, arXiv:1602.02068, algorithm 1):
/// `y = max(x − τ, 0)`, where τ makes the sum 1.
///
/// On its support S the Jacobian is `I − 11ᵀ/|S|`, elsewhere 0: `dx = [y > 0]·(dy − mean over S of dy)`.
record Sparsemax(Tensor x, int axis, NdArray support) implements Vjp {
    static Tensor of(Tensor x, int axis) {
        var last = x.transpose(axis, -1);
        var y = project(last.value());
        var positive = NdArray.where(y.gt(0), NdArray.ones(y.dtype()), NdArray.zeros(y.dtype()));
        return Tensor.op(y, new Sparsemax(last, -1, positive)).transpose(axis, -1);
    }

    private static NdArray project(NdArray x) {
        int n = x.extent(-1);
        var v = x.toDoubles();
        for (int row = 0; row + n <= v.length && n > 0; row += n) {
            double tau = threshold(Arrays.copyOfRange(v, row, row + n));
            for (int i = row; i < row + n; i++) v[i] = v[i] > tau ? v[i] - tau : v[i] <= tau ? 0 : Double.NaN;
        }
        return NdArray.of(x.shape(), v).cast(x.dtype());
    }

    // The k largest are the support, where k is the last for which 1 + k·z₍ₖ₎ exceeds their sum; then τ = (sum − 1)/k.
    private static double threshold(double[] z) {
        Arrays.sort(z);
        double sum = 0;
        double tau = Double.NaN;
        for (int k = 1; k <= z.length; k++) {
            double next = z[z.length - k];
            if (!(1 + k * next > sum + next)) break;
            sum += next;
            tau = (sum - 1) / k;
        }
        return tau;
    }

    @Override
    public Tensor[] inputs() {
        return new Tensor[] {x};
    }

    @Override
    public Saves saves() {
        return Saves.NOTHING;
    }

    @Override
    public void pull(Tensor y, Tensor dy, Inputs in) {
        in.give(x, () -> {
            var inside = Tensor.of(support);
            var mean = dy.mul(inside).sum(true, axis).div(Tensor.of(support.sum(true, axis)));
            return dy.sub(mean).mul(inside);
        });
    }
}
