package keel.kernel;

/// Polynomials with coefficients for each of 16 intervals, for [FloatMath] and the vector loops: a table of 16 floats is one
/// register of 512 bits, and looking up 16 lanes in it one instruction. A row holds the number of one name for all intervals:
/// first the centre `c`, then the coefficients of `(x − c)⁰`, `(x − c)¹`, ….
///
/// Each centre was searched near the middle of its interval such that the function there, and its slope where that matters,
/// is a float but for a few hundredths of its last place (Gal 1986, *Computing elementary functions: a new approach for
/// achieving high accuracy and good performance*): the first coefficient has no rounding error to speak of. The rest are
/// near-minimax fits of the relative error, computed to 20 digits and rounded one at a time, each time refitting the others.
final class FloatTables {
    private FloatTables() {}

    /// Intervals of a table.
    static final int N = 16;

    /// `tanh a`, `0 ≤ a ≤ TANH_END`, degree 5. The interval is read from the bits of `TANH_AT + TANH_SCALE·a`, which lies in
    /// `[1, 16)`: the power of two and two more bits, so that intervals widen where the function flattens.
    static final float[] TANH = {
        0.6977208f, 1.013159f, 1.3435373f, 1.6533463f, 2.1304896f, 2.6787639f, 3.3460205f, 3.9623992f, 4.931486f, 6.099386f,
        7.3103228f, 8.548456f, 0f, 0.17958191f, 0.32221156f, 0.48164105f,
        0.6029191f, 0.76706547f, 0.87251925f, 0.9293154f, 0.9721756f, 0.9906191f, 0.9975216f, 0.99927694f, 0.9998959f,
        0.9999899f, 0.9999991f, 0.99999994f, 0f, 0.177676f, 0.31150526f, 0.4475569f,
        0.63648856f, 0.4116106f, 0.23871003f, 0.13637286f, 0.054874685f, 0.018673623f, 0.0049507366f, 0.0014456174f,
        0.000208358f, 2.0148798e-05f, 1.7881222e-06f, 1.5032857e-07f, 1f, 0.96843123f, 0.9029645f, 0.7996928f,
        -0.38374898f, -0.31573677f, -0.20828156f, -0.12673412f, -0.05334606f, -0.018496651f, -0.0049376814f, -0.0014443293f,
        -0.00020773578f, -2.0088877e-05f, -1.7828974e-06f, -6.0953397e-07f, 8.452699e-08f, -0.17206651f, -0.28127718f,
        -0.35790733f,
        0.019206477f, 0.10497231f, 0.10218875f, 0.07232913f, 0.03356665f, 0.012109229f, 0.0032733374f, 0.00096079026f,
        0.00013691005f, 1.3383108e-05f, 1.1913534e-06f, -9.8221456e-08f, -0.33334118f, -0.29224846f, -0.2133634f, -0.10638262f,
        0.11603334f, 0.02533344f, -0.019360052f, -0.024861809f, -0.014919404f, -0.0058910837f, -0.001647672f, -0.0004874409f,
        -7.3792115e-05f, -7.2008174e-06f, -6.392225e-07f, 1.7033727e-06f, 0.00021616682f, 0.108906925f, 0.15964755f,
        0.1664862f,
        -0.061897874f, -0.04419541f, -0.013068931f, 0.0015532206f, 0.0045121284f, 0.002052047f, 0.00066953886f, 0.0002017411f,
        3.390878e-05f, 2.896578e-06f, 2.4721064e-07f, 1.4256645e-06f, 0.13134508f, 0.10190478f, 0.04006333f, -0.020783462f
    };
    static final float TANH_SCALE = 1.625f;
    static final float TANH_AT = 1.09375f;
    /// Beyond it tanh rounds to 1.
    static final float TANH_END = 9.02f;

    /// The bits of a table, for vectors of indices to look up.
    static int[] bits(float[] table) {
        int[] b = new int[table.length];
        for (int i = 0; i < b.length; i++) b[i] = Float.floatToRawIntBits(table[i]);
        return b;
    }
}
