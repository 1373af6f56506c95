package keel.nn.init;

/// The maximal update parametrization: how starts, rates and multipliers change with width so that every layer learns at the
/// same pace in nets of any width, and the best rate of a narrow net is that of a wide one (Yang et al. 2022, "Tensor Programs
/// V", arXiv:2203.03466, table 3).
///
/// ```
///                     start (variance)   Adam's rate   SGD's rate
/// input, biases       σ²/fanIn           1             m
/// hidden              σ²/fanIn           1/m           1
/// output              σ²/(fanIn·m)       1/m           1/m          m = width/base width
/// ```
/// At the base width it is the usual parametrization. Attention divides by the width of a head, not by its root.
///
/// ```java
/// var mup = MuP.of(64, width);
/// Linear.of(width, classes, mup.start(MuP.Role.OUTPUT, Init.lecunNormal()), random);
/// hidden.step(gradients, mup.adamRate(MuP.Role.HIDDEN) * rate); // one optimizer a role, over parameters.only(…)
/// ```
public record MuP(double ratio) {
    /// What grows with the width.
    public enum Role {
        /// Only the outputs: the first layer, embeddings, biases, scales of norms.
        INPUT,
        /// Inputs and outputs.
        HIDDEN,
        /// Only the inputs: the last layer.
        OUTPUT
    }

    /// @throws IllegalArgumentException if the ratio is not above 0
    public MuP {
        if (!(ratio > 0 && ratio < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("MuP: the width is " + ratio + " of the base width; give widths of 1 or more");
        }
    }

    /// For nets of `width`, with rates found at `baseWidth`.
    public static MuP of(int baseWidth, int width) {
        return new MuP((double) width / baseWidth);
    }

    /// The start of a weight, from one with variance `σ²/fanIn` such as [Init#heNormal()] or [Init#lecunNormal()].
    public Init start(Role role, Init usual) {
        return role == Role.OUTPUT ? usual.scaled(1 / Math.sqrt(ratio)) : usual;
    }

    /// What Adam's rate is multiplied by (also that of AdamW, whose decay then needs the reverse, and of other optimizers that
    /// divide by the gradient's size).
    public double adamRate(Role role) {
        return role == Role.INPUT ? 1 : 1 / ratio;
    }

    /// What SGD's rate is multiplied by.
    public double sgdRate(Role role) {
        return switch (role) {
            case INPUT -> ratio;
            case HIDDEN -> 1;
            case OUTPUT -> 1 / ratio;
        };
    }
}
