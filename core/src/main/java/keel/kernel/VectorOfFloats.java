package keel.kernel;

import jdk.incubator.vector.VectorSpecies;

/// The species of vectors of `float`, for [VectorWidth].
interface VectorOfFloats {
    VectorSpecies<Float> FLOAT = VectorWidth.of(float.class);
}
