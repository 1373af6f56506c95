package keel.kernel;

import jdk.incubator.vector.VectorSpecies;

/// The species of vectors of `double`, for [VectorWidth].
interface VectorOfDoubles {
    VectorSpecies<Double> DOUBLE = VectorWidth.of(double.class);
}
