package keel.kernel;

import jdk.incubator.vector.VectorSpecies;

/// The species of vectors of `int`, for [VectorWidth].
interface VectorOfInts {
    VectorSpecies<Integer> INT = VectorWidth.of(int.class);
}
