package keel.tests.autograd;

import java.util.SplittableRandom;
import java.util.function.Function;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.GradCheck.Precision;
import keel.autograd.Tensor;

/// A differentiable operation as tests see it: a name, and how to make a case of it from a shape and a seed.
///
/// @param name what failures call it
/// @param isLinear whether f(a + b) = f(a) + f(b) in the inputs together
/// @param precision of its differences
/// @param maker makes the case
record Operation(String name, boolean isLinear, Precision precision, Maker maker) {
    /// A function and F64 inputs at which it is smooth within 1/16.
    record Case(Function<Tensor[], Tensor> f, NdArray... inputs) {}

    /// Makes a case whose first input has about the given shape, or a shape derived from it where the operation needs another.
    @FunctionalInterface
    interface Maker {
        Case make(Shape shape, SplittableRandom random);
    }

    Case make(Shape shape, long seed) {
        return maker.make(shape, new SplittableRandom(seed));
    }

    @Override
    public String toString() {
        return name;
    }
}
