package keel.array;

import keel.kernel.Form;
import keel.kernel.Parallel;

/// Matrix products over leading (batch) axes that broadcast.
final class Products {
    private Products() {}

    /// In the time of one addition from memory to memory, which is what [Parallel] counts in.
    private static final int MULTIPLY_ADDS_A_STEP = 16;

    static NdArray matmul(Form form, NdArray a, NdArray b) {
        var name = name(form);
        Elementwise.requireSame(name, a, b);
        if (form == Form.NN && (a.rank() == 0 || b.rank() == 0)) {
            throw new IllegalArgumentException("matmul: a single value takes no part, got " + a.shape() + " · " + b.shape()
                + "; use mul");
        }
        if (a.rank() < 2 || b.rank() < 2) {
            throw new IllegalArgumentException(name + ": needs two or more axes each, got " + a.shape() + " · " + b.shape()
                + "; unsqueeze the vector");
        }
        if (!fits(form, a, b)) {
            throw new IllegalArgumentException(name + ": inner extents differ, " + a.shape() + " · " + b.shape()
                + "; " + advice(a, b));
        }
        int m = a.extent(form == Form.TN ? -1 : -2);
        int k = a.extent(form == Form.TN ? -2 : -1);
        int n = b.extent(form == Form.NT ? -2 : -1);
        var kernels = a.kernels();
        if (form != Form.TN && b.rank() == 2) { // one matrix for the whole batch: the rows of all of it make one product
            var y = NdArray.empty(a.dtype(), a.shape().with(a.rank() - 1, n));
            kernels.matmul(form, a.shape().product(0, a.rank() - 1), n, k, a.data(), 0, b.data(), 0, y.data(), 0);
            return y;
        }
        var leadingA = a.shape().leading(a.rank() - 2);
        var leadingB = b.shape().leading(b.rank() - 2);
        var leading = Shape.broadcast(name + " (leading axes)", leadingA, leadingB);
        var y = NdArray.empty(a.dtype(), leading.inserted(leading.rank(), m).inserted(leading.rank() + 1, n));
        if (y.size() == 0) {
            return y;
        }
        int count = leading.size();
        var ao = offsets(leading, leadingA, m * k);
        var bo = offsets(leading, leadingB, k * n);
        Object x = a.data();
        Object z = b.data();
        Object c = y.data();
        Parallel.ranges((long) count * m * n * k / MULTIPLY_ADDS_A_STEP, count, 1, (lo, hi) -> {
            for (int i = lo; i < hi; i++) {
                kernels.matmul(form, m, n, k, x, ao[i], z, bo[i], c, i * m * n);
            }
        });
        return y;
    }

    /// `x·wᵀ + b`, x (m, k), w (n, k), b (n).
    static NdArray linear(NdArray x, NdArray w, NdArray b) {
        Elementwise.requireSame("linear", x, w);
        Elementwise.requireSame("linear", x, b);
        if (x.rank() != 2 || w.rank() != 2 || x.extent(1) != w.extent(1) || !b.shape().equals(Shape.of(w.extent(0)))) {
            throw new IllegalArgumentException("linear: weight " + w.shape() + " and bias " + b.shape() + " do not fit "
                + x.shape() + "; give (m, k), (n, k) and (n)");
        }
        var y = NdArray.empty(x.dtype(), Shape.of(x.extent(0), w.extent(0)));
        x.kernels().linear(x.extent(0), w.extent(0), x.extent(1), x.data(), w.data(), b.data(), y.data());
        return y;
    }

    private static boolean fits(Form form, NdArray a, NdArray b) {
        return a.extent(form == Form.TN ? -2 : -1) == b.extent(form == Form.NT ? -1 : -2);
    }

    private static String advice(NdArray a, NdArray b) {
        for (var form : new Form[] {Form.NT, Form.NN, Form.TN}) {
            if (fits(form, a, b)) {
                return "transpose one, or use " + name(form);
            }
        }
        return "no form of the product fits; reshape one";
    }

    private static String name(Form form) {
        return switch (form) {
            case NN -> "matmul";
            case NT -> "matmulNT";
            case TN -> "matmulTN";
        };
    }

    // Where the matrix of each batch index starts in an operand whose leading axes broadcast to `leading`.
    static int[] offsets(Shape leading, Shape operand, int matrix) {
        var y = new int[leading.size()];
        var runs = Runs.of(leading, operand);
        for (int r = 0, i = 0; r < runs.count(); r++, runs.next()) {
            for (int j = 0; j < runs.inner(); j++) {
                y[i++] = (runs.offset(0) + j * runs.innerStride(0)) * matrix;
            }
        }
        return y;
    }
}
