package keel.kernel;

import static keel.kernel.FloatCoefficients.LN2_HIGH;
import static keel.kernel.FloatCoefficients.LN2_LOW;
import static keel.kernel.FloatCoefficients.LOG2E;

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

    /// `erf a`, `0 ≤ a ≤ ERF_END`, degree 5, intervals as of [#TANH]; in the first one `erf a − a`.
    static final float[] ERF = {
        0.33663526f, 0.47422305f, 0.6057904f, 0.7375146f, 0.9376985f, 1.2118893f, 1.4614159f, 1.7238386f, 2.139551f,
        2.6716726f, 3.1859968f, 3.6911683f, 0f, 0.09611318f, 0.16711688f, 0.23724464f,
        0.36597845f, 0.49755818f, 0.6083987f, 0.7030532f, 0.8151954f, 0.91344744f, 0.9612427f, 0.98522615f, 0.9975201f,
        0.9998421f, 0.9999934f, 0.9999998f, 0f, 0.108119085f, 0.18683034f, 0.26276305f,
        1.0074868f, 0.90113044f, 0.78176606f, 0.6549833f, 0.46837026f, 0.2597869f, 0.13332655f, 0.057795934f, 0.0115982685f,
        0.0008965433f, 4.4057077e-05f, 1.3655717e-06f, 0.12837917f, 1.1180035f, 1.0973017f, 1.0666226f,
        -0.33915538f, -0.4273369f, -0.47358626f, -0.48306036f, -0.4391896f, -0.31483537f, -0.19484818f, -0.0996321f,
        -0.024811212f, -0.0023906645f, -0.00013964983f, -5.0070616e-06f, 4.601273e-07f, -0.107454784f, -0.18337847f,
        -0.25305212f,
        -0.25971508f, -0.16528198f, -0.06933068f, 0.019176353f, 0.118418835f, 0.16778761f, 0.14538153f, 0.09522619f,
        0.031534437f, 0.0039593903f, 0.00028428968f, 1.1938863e-05f, -0.3761608f, -0.36578402f, -0.34534088f, -0.31553602f,
        0.15651993f, 0.1814575f, 0.17866431f, 0.15396664f, 0.09080534f, 0.0037401896f, -0.0407932f, -0.048635207f,
        -0.025643455f, -0.004700905f, -0.00043918853f, -2.2427801e-05f, 0.00083355966f, 0.053290106f, 0.09068971f, 0.12338533f,
        0.0574839f, 0.017671311f, -0.020936253f, -0.04953257f, -0.068837814f, -0.053177685f, -0.018951206f, 0.0054711215f,
        0.012157764f, 0.0037732138f, 0.00043085028f, 2.7620672e-05f, 0.10641023f, 0.10885831f, 0.102221884f, 0.11045281f
    };
    static final float ERF_SCALE = 3.75f;
    /// The number of the first interval.
    static final int ERF_FIRST = 12;
    /// Beyond it erf rounds to 1.
    static final float ERF_END = 3.93f;

    /// `erfc a`, `0 ≤ a ≤ ERFC_END`, degree 6, error 2⁻²⁵. The interval is the nearest integer to
    /// `a·(ERFC_SLOPE + ERFC_BEND·a)`; where its middle lies was searched until `erfc` there is nearly a float.
    static final float[] ERFC = {
        0f, 0.6000847f, 1.0284704f, 1.3676679f, 1.6595376f, 1.9179667f, 2.1533244f, 2.3708735f, 2.5753427f, 2.7661796f,
        2.947557f, 3.12146f, 3.2860644f, 3.4465747f, 3.5981622f, 3.7470682f,
        1f, 0.39607722f, 0.14581417f, 0.053091675f, 0.018928276f, 0.0066795f, 0.0023247884f, 0.00079963414f, 0.00027043925f,
        9.15468e-05f, 3.0664432e-05f, 1.0128537e-05f, 3.364761e-06f, 1.0925432e-06f, 3.607741e-07f, 1.1634008e-07f,
        -1.1283796f, -0.7871636f, -0.39181364f, -0.1738203f, -0.07184224f, -0.028501056f, -0.010932409f, -0.0040857145f,
        -0.0014860888f, -0.00053621945f, -0.00019022371f, -6.620663e-05f, -2.3059407e-05f, -7.825721e-06f, -2.6899481e-06f,
        -9.010209e-07f,
        2.2297496e-05f, 0.47236347f, 0.4029686f, 0.23772846f, 0.11922493f, 0.05466409f, 0.023541026f, 0.009686712f,
        0.0038271872f, 0.0014832788f, 0.0005606951f, 0.0002066612f, 7.577463e-05f, 2.697191e-05f, 9.678857e-06f, 3.3761833e-06f,
        0.37572575f, 0.07344872f, -0.14567634f, -0.15881526f, -0.1079597f, -0.060396206f, -0.030150278f, -0.013948708f,
        -0.006075482f, -0.002556567f, -0.0010383562f, -0.0004079775f, -0.00015830899f, -5.93633e-05f, -2.2319966e-05f,
        -8.133178e-06f,
        0.0033413167f, -0.17939726f, -0.05939504f, 0.029355811f, 0.049833354f, 0.039694477f, 0.024613827f, 0.013306343f,
        0.0065477914f, 0.0030417356f, 0.001343493f, 0.00056792056f, 0.00023488338f, 9.332135e-05f, 3.6936886e-05f,
        1.4114447e-05f,
        -0.12710844f, 0.01984001f, 0.06733659f, 0.03159974f, -0.000502252f, -0.012231727f, -0.012127928f, -0.008438129f,
        -0.0049318755f, -0.0026076508f, -0.0012784406f, -0.0005898373f, -0.00026281725f, -0.00011157576f, -4.678668e-05f,
        -1.8857614e-05f,
        0.03061855f, 0.04210293f, -0.0075642117f, -0.02194235f, -0.012703609f, -0.0026016424f, 0.0021866213f, 0.0031173828f,
        0.0024597165f, 0.0015726786f, 0.00088748476f, 0.0004550498f, 0.00022090234f, 0.000101777136f, 4.5172193e-05f,
        1.9496714e-05f
    };
    static final float ERFC_SLOPE = 1.1313709f;
    static final float ERFC_BEND = 0.766118f;
    static final float ERFC_END = 3.8183765f;

    /// Upper tail of the normal distribution with the sign of what is subtracted, `Φ(a) − 1`, `0 ≤ a ≤ GELU_END`, degree 6. The
    /// interval is the nearest integer to `a·(GELU_SLOPE + GELU_BEND·a)`: intervals narrow as the tail gets steeper.
    static final float[] TAIL_PIECES = {
        0f, 0.83949745f, 1.4486291f, 1.935139f, 2.35912f, 2.7145913f, 3.0435944f, 3.3457177f, 3.6323564f, 3.9019012f,
        4.153737f, 4.427472f, 4.643348f, 4.874781f, 5.090389f, 5.30113f,
        -0.5f, -0.20059511f, -0.07372059f, -0.026486624f, -0.009159168f, -0.0033178807f, -0.0011688506f, -0.00041034957f,
        -0.00014042243f, -4.772005e-05f, -1.635445e-05f, -4.7671947e-06f, -1.7140393e-06f, -5.446458e-07f, -1.7866506e-07f,
        -5.7544106e-08f,
        0.39894244f, 0.2804622f, 0.13970788f, 0.061340198f, 0.024682472f, 0.010017302f, 0.0038848463f, 0.0014797947f,
        0.00054433534f, 0.00019718756f, 7.150778e-05f, 2.2094253e-05f, 8.299795e-06f, 2.758885e-06f, 9.422763e-07f,
        3.1524146e-07f,
        -5.8959536e-06f, -0.11772313f, -0.10119235f, -0.05935091f, -0.029114453f, -0.013596439f, -0.005911949f, -0.0024754875f,
        -0.0009886096f, -0.00038470293f, -0.00014851209f, -4.891086e-05f, -1.9269395e-05f, -6.724475e-06f, -2.3982739e-06f,
        -8.3556773e-07f,
        -0.06641691f, -0.013806006f, 0.025576651f, 0.028060768f, 0.018781463f, 0.010633584f, 0.005350404f, 0.002514128f,
        0.0011062679f, 0.0004674902f, 0.00019370764f, 6.849948e-05f, 2.844082e-05f, 1.0466599e-05f, 3.912186e-06f,
        1.4238786e-06f,
        -0.00042738306f, 0.022500858f, 0.007597408f, -0.0036828085f, -0.0062248562f, -0.0049506505f, -0.0030856666f,
        -0.0016903402f, -0.0008398995f, -0.00039197324f, -0.0001764477f, -6.766071e-05f, -2.9810455e-05f, -1.1636225e-05f,
        -4.5796337e-06f, -1.7478473e-06f,
        0.01125139f, -0.0016102871f, -0.0059696697f, -0.0027869402f, 0.000100655096f, 0.0010807933f, 0.0010732672f,
        0.0007540234f, 0.00044488258f, 0.00023633444f, 0.00011783242f, 4.9919276e-05f, 2.3546794e-05f, 9.8410155e-06f,
        4.104919e-06f, 1.6524796e-06f,
        -0.0019241842f, -0.0026276864f, 0.00048346067f, 0.0013709223f, 0.00079706585f, 0.00017878949f, -0.00013650696f,
        -0.00019350526f, -0.00015357832f, -9.793218e-05f, -5.512643e-05f, -2.8330407e-05f, -1.380437e-05f, -6.360032e-06f,
        -2.8242027e-06f, -1.2222129e-06f
    };
    /// `1 − Φ(a) − a·φ(a)` with the same intervals, relative to the larger of its terms.
    static final float[] TAIL_GRAD_PIECES = {
        0f, 0.848408f, 1.4544363f, 1.9347173f, 2.346292f, 2.712508f, 3.0458024f, 3.3537664f, 3.641446f, 3.9124007f, 4.169255f,
        4.414008f, 4.648228f, 4.8731704f, 5.089858f, 5.298127f,
        0.5f, -0.03805825f, -0.1285779f, -0.09226031f, -0.050206114f, -0.023987247f, -0.010592894f, -0.0044322694f,
        -0.0017821564f, -0.00069477723f, -0.00026421016f, -9.843143e-05f, -3.6040543e-05f, -1.3001373e-05f, -4.6298596e-06f,
        -1.6384809e-06f,
        -0.7978854f, -0.35635987f, 0.015984846f, 0.10701127f, 0.08916501f, 0.053973958f, 0.028080275f, 0.01332074f,
        0.005929975f, 0.0025184867f, 0.0010311932f, 0.00040997405f, 0.00015907828f, 6.0472546e-05f, 2.2587608e-05f,
        8.3502155e-06f,
        3.499156e-05f, 0.38733056f, 0.18986647f, 0.01525575f, -0.0449172f, -0.0458765f, -0.03101012f, -0.017506616f,
        -0.008879134f, -0.0041862065f, -0.0018701724f, -0.00080130703f, -0.00033200177f, -0.00013379598f, -5.2674815e-05f,
        -2.042322e-05f,
        0.26548913f, -0.024073625f, -0.14621149f, -0.083809026f, -0.017933233f, 0.011135165f, 0.016157072f, 0.012430672f,
        0.007637183f, 0.004137037f, 0.0020611426f, 0.00096618355f, 0.00043216057f, 0.00018617016f, 7.775893e-05f,
        3.178584e-05f,
        0.002930673f, -0.104254276f, 0.0066579883f, 0.04528479f, 0.030481402f, 0.010029127f, -0.0010005621f, -0.00416719f,
        -0.0038325049f, -0.0025876996f, -0.00150041f, -0.0007908253f, -0.00038836244f, -0.00018109109f, -8.099329e-05f,
        -3.5164907e-05f,
        -0.069094025f, 0.02381069f, 0.031714536f, 0.0007584899f, -0.011625051f, -0.009277344f, -0.003970748f, -0.0005739083f,
        0.00076407514f, 0.00094393955f, 0.0007167816f, 0.00045003218f, 0.00025080165f, 0.0001294573f, 6.2906445e-05f,
        2.9309122e-05f,
        0.014637611f, 0.01531057f, -0.009369924f, -0.008138905f, -0.0013150326f, 0.0023157948f, 0.002707926f, 0.0007868454f,
        0.00033731782f, -0.00013449423f, -0.00023204187f, -0.00015241094f, -0.00011486602f, -6.7566936e-05f, -3.6336252e-05f,
        -1.7913673e-05f
    };
    static final float GELU_SLOPE = 0.8f;
    static final float GELU_BEND = 0.383059f;
    static final float GELU_END = 5.4f;

    /// For `ln m`, `m` in 16 intervals from [#LOG_FROM] to twice that: `c ≈ 1/m` there, then `−ln c`, which is a multiple of 2⁻¹⁷
    /// but for 2⁻³³, so that its sum with an exponent times [FloatCoefficients#LN2_HIGH] is exact. In the two intervals around 1
    /// they are 1 and 0; where those end was searched together with the polynomial.
    static final float[] LOG = {
        1.360938f, 1.3020586f, 1.2577115f, 1.2099724f, 1.1608614f, 1.1174376f, 1.0800376f, 1.048023f, 1f, 1f, 0.92914176f,
        0.8627316f, 0.82148004f, 0.7803055f, 0.74152845f, 0.71087205f,
        -0.30817413f, -0.26394653f, -0.22929382f, -0.19059753f, -0.14916229f, -0.11103821f, -0.07699585f, -0.046905518f, 0f,
        0f, 0.07349396f, 0.14765167f, 0.19664764f, 0.24806976f, 0.29904175f, 0.34126282f
    };
    /// Bits of 0.71908: mantissas are taken from there; the four bits above the low 19 of the difference number the interval.
    static final int LOG_FROM = 0x3F381600;
    /// The bits of an exponent.
    static final int EXPONENT = 0xFF800000;
    /// The two parts of ln 2 for an exponent that stands where it stands in a float.
    static final float LN2_HIGH_23 = LN2_HIGH * 0x1p-23f;
    static final float LN2_LOW_23 = LN2_LOW * 0x1p-23f;
    /// `ln(1 + r) ≈ r + r²·P(r)`, `−0.034 ≤ r ≤ 0.064`, error 2⁻²⁸ relative to the logarithm
    static final float LOG_R2 = -0.5f;
    static final float LOG_R3 = 0.33334723f;
    static final float LOG_R4 = -0.25f;
    static final float LOG_R5 = 0.1872f;

    /// Bits of `2^(j/8)·e^ROOT_SHIFT` less `j·2²⁰`, `j = i mod 8`: with `n·2²⁰` added, `n mod 8 = j`, they are those of
    /// `2^(n/8)·e^ROOT_SHIFT`. The shift, −0.000173, was searched such that all eight are floats but for 0.067 of the last place.
    static final int[] ROOTS = roots(0.99982685f, 1.0903189f, 1.1890012f, 1.296615f, 1.4139687f, 1.5419438f, 1.6815016f,
            1.8336905f);
    /// `8·LOG2E` and an eighth of ln 2 in two parts
    static final float LOG2E_8 = LOG2E * 8;
    static final float LN2_HIGH_8 = LN2_HIGH / 8;
    static final float LN2_LOW_8 = LN2_LOW / 8;
    /// `e^(r − ROOT_SHIFT) − 1 ≈ P(r)`, `|r| ≤ ln 2/16`, error 2⁻²⁵·⁶
    static final float CUBIC_0 = 0.00017316245f;
    static final float CUBIC_1 = 1.0001732f;
    static final float CUBIC_2 = 0.50016475f;
    static final float CUBIC_3 = 0.16669244f;

    /// `2ʳ·e^−ROOT_SHIFT − 1 ≈ P(r)`, `|r| ≤ 1/16`, error 2⁻²⁵·⁶; its first coefficient is [#CUBIC_0]
    static final float BINARY_1 = 0.6932672f;
    static final float BINARY_2 = 0.24030592f;
    static final float BINARY_3 = 0.05551662f;

    private static int[] roots(float... r) {
        int[] b = new int[N];
        for (int i = 0; i < N; i++) b[i] = Float.floatToRawIntBits(r[i % 8]) - (i % 8 << 20);
        return b;
    }

    /// The bits of a table, for vectors of indices to look up.
    static int[] bits(float[] table) {
        int[] b = new int[table.length];
        for (int i = 0; i < b.length; i++) b[i] = Float.floatToRawIntBits(table[i]);
        return b;
    }
}
