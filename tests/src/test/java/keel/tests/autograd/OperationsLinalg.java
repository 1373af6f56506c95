package keel.tests.autograd;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Linalg;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;

/// Decompositions, of matrices that are far from singular and whose singular values are far apart.
final class OperationsLinalg {
    private OperationsLinalg() {}

    static void enter() {
        of("qr, q", ANY, x -> Linalg.qr(x).q());
        of("qr, r", ANY, x -> Linalg.qr(x).r());
        of("svd, u", ANY, x -> Linalg.svd(x).u());
        of("svd, s", ANY, x -> Linalg.svd(x).s());
        of("svd, vT", ANY, x -> Linalg.svd(x).vT());
        of("singularValues", ANY, x -> Linalg.singularValues(x).square());
        of("nuclearNorm", ANY, x -> Linalg.nuclearNorm(x, true, -1, -2));
        of("spectralNorm", FILLED, x -> Linalg.spectralNorm(x, false, true, -1, -2));
        of("spectralNorm, smallest", FILLED, x -> Linalg.spectralNorm(x, true, false, -2, -1));
        of("cholesky", SQUARE, x -> Linalg.cholesky(x.matmulNT(x)));
        of("inverse", SQUARE, Linalg::inverse);
        of("det", SQUARE, x -> Linalg.det(x.mul(0.5)));
        of("slogdet", SQUARE, x -> Linalg.slogdet(x).logAbs());
        Operations.add("solve", (_, random) -> {
            var a = matrix(SQUARE[random.nextInt(SQUARE.length)], random);
            return new Case(x -> Linalg.solve(x[0], x[1]), a, Operations.between(Shape.of(a.extent(-1), 2), -1, 1, random));
        });
        Operations.add("solve for a vector", (_, random) -> new Case(x -> Linalg.solve(x[0], x[1]),
            matrix(Shape.of(2, 2, 2), random), Operations.between(Shape.of(2), -1, 1, random)));
        Operations.add("det of a singular matrix", (_, random) -> new Case(x -> Linalg.det(x[0].mul(Tensor.of(NdArray.of(
            Shape.of(2, 2), new double[] {1, 1, 0, 0}).cast(x[0].dtype())))), matrix(Shape.of(2, 2), random)));
    }

    private static final Shape[] FILLED = {Shape.of(3, 2), Shape.of(2, 3), Shape.of(2, 1, 2, 2), Shape.of(1, 1)};
    private static final Shape[] ANY = {Shape.of(3, 2), Shape.of(2, 3), Shape.of(2, 1, 2, 2), Shape.of(1, 1), Shape.of(0, 2)};
    private static final Shape[] SQUARE = {Shape.of(3, 3), Shape.of(2, 2, 2), Shape.of(1, 1), Shape.of(0, 0)};

    private static void of(String name, Shape[] shapes, UnaryOperator<Tensor> f) {
        Operations.add(name, (_, random) -> new Case(x -> f.apply(x[0]), matrix(shapes[random.nextInt(shapes.length)], random)));
    }

    // Diagonal 2, 4, 6, … with noise.
    private static NdArray matrix(Shape shape, SplittableRandom random) {
        var y = Operations.between(shape, -0.3, 0.3, random);
        var diagonal = NdArray.eye(DType.F64, shape.extent(-2), shape.extent(-1));
        var scale = NdArray.arange(DType.F64, shape.extent(-1)).add(1).mul(2);
        return y.add(diagonal.mul(scale).expand(shape));
    }
}
