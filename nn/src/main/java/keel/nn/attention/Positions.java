package keel.nn.attention;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Adds to each place of a sequence the vector of its position, `(…, l, width) → (…, l, width)`, l at most the length.
///
/// - [learned][#learned]: parameters, as in GPT-2 and BERT
/// - [sinusoidal][#sinusoidal]: waves of lengths from 2π to 10,000·2π (Vaswani et al. 2017, arXiv:1706.03762, sec. 3.5)
///
/// In a pass with a [keel.nn.layer.KvCache] the places given come behind those seen before.
///
/// @param weight (length, width): a parameter, or a constant, which is not shown to visitors
public record Positions(Tensor weight) implements Layer {
    private static final double LONGEST = 10_000; // the paper's

    /// @throws IllegalArgumentException if the weight is not F32 or F64 (length, width)
    public Positions {
        if (weight.rank() != 2 || !weight.dtype().isFloat()) {
            throw new IllegalArgumentException("Positions: the weight is " + weight.dtype() + " " + weight.shape()
                + "; give F32 or F64 (length, width)");
        }
    }

    /// A vector for each of `length` places.
    public static Positions learned(DType dtype, int length, int width, Init weight, RandomGenerator random) {
        return new Positions(Tensor.parameter(weight.create(dtype, Shape.of(length, width), random)));
    }

    /// `sin(m·10000^(−2i/width))` at feature `2i`, the cosine at `2i + 1`, of place `m`; width even.
    public static Positions sinusoidal(DType dtype, int length, int width) {
        var rope = Rope.of(width, length, LONGEST);
        var waves = NdArray.stack(2, rope.sin(), rope.cos()).reshape(Shape.of(length, width));
        return new Positions(Tensor.of(waves.cast(dtype)));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int l = x.rank() < 2 ? 0 : x.extent(-2);
        int from = pass.cache() == null ? 0 : pass.cache().length(pass.path());
        if (x.rank() < 2 || x.extent(-1) != weight.extent(1) || x.dtype() != weight.dtype() || from + l > weight.extent(0)) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape()
                + (from == 0 ? "" : ", behind " + from + " places") + "; give " + weight.dtype() + " (…, length, "
                + weight.extent(1)
                + "), in all at most " + weight.extent(0) + " places");
        }
        if (pass.cache() != null) pass.cache().advance(pass.path(), l);
        return x.add(weight.slice(0, from, from + l));
    }

    @Override
    public void visit(Visitor visitor) {
        if (weight.wantsGradient()) visitor.parameter("weight", weight);
    }

    @Override
    public String toString() {
        return "Positions" + weight.shape();
    }
}
