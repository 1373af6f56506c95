package keel.nn.attention;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.init.DepthScale;
import keel.nn.init.Init;
import keel.nn.layer.Embedding;
import keel.nn.layer.Layer;
import keel.nn.layer.Parameter;

/// How deep transformers start: overwrites the weights of every [MultiheadAttention], [SelfAttention], [FeedForward],
/// [TransformerEncoderLayer] and [TransformerDecoderLayer] in a model, in place, each drawn by itself. Queries and keys start
/// Xavier normal with gain 1; values, outputs of attention and feed-forward weights with a gain that shrinks with depth; biases
/// of these are 0. All else (heads, norms, other layers) stays as it is, but where said.
public final class TransformerStart {
    private static final String INNER = "out_proj|linear1|linear2|gate_proj|up_proj|down_proj";
    private static final Pattern QUERY_OR_KEY = Pattern.compile("(.*\\.)?[qk]_proj(_|\\.)weight");
    private static final Pattern SCALED = Pattern.compile("(.*\\.)?(v_proj_weight|(v_proj|o_proj|" + INNER + ")\\.weight)");
    private static final Pattern BIAS = Pattern.compile("(.*\\.)?(in_proj_bias|([qkvo]_proj|" + INNER + ")\\.bias)");

    private TransformerStart() {}

    /// Gain `gain` for values, outputs and feed-forward weights.
    public static void xavier(Layer model, double gain, RandomGenerator random) {
        for (var p : model.parameters()) start(p, gain, random);
    }

    /// For an encoder or decoder alone of `blocks` post-norm blocks, with the shortcuts of [keel.nn.residual.DeepNorm] or
    /// [TransformerEncoderLayer#deepNorm]: gain `(8·blocks)^(−¼)` (Wang et al. 2022, arXiv:2203.00555, fig. 2 and table 1). Such
    /// a stack trains without warmup whatever its depth.
    public static void deepNorm(Layer model, int blocks, RandomGenerator random) {
        xavier(model, DepthScale.deepNormWeight(blocks), random);
    }

    /// For an encoder of `blocks` blocks without norms, which then trains without warmup: gain `0.67·blocks^(−¼)`, and
    /// embeddings `N(0, 1/width)` times `(9·blocks)^(−¼)` (T-Fixup: Huang et al. 2020, "Improving Transformer Optimization
    /// Through Better Initialization", ICML, sec. 3.2).
    public static void tFixup(Layer model, int blocks, RandomGenerator random) {
        xavier(model, DepthScale.tFixupEncoder(blocks), random);
        for (var p : model.parameters()) {
            if (p.owner() instanceof Embedding e) {
                double std = DepthScale.tFixupDecoder(blocks) / Math.sqrt(e.weight().extent(1));
                overwrite(p, Init.normal(std).create(p.tensor().dtype(), p.tensor().shape(), random));
            }
        }
    }

    private static void start(Parameter p, double gain, RandomGenerator random) {
        var name = p.name();
        if (name.endsWith("in_proj_weight")) {
            int width = p.tensor().extent(1);
            var parts = new NdArray[3];
            for (int i = 0; i < 3; i++) parts[i] = draw(p, Shape.of(width, width), i < 2 ? 1 : gain, random);
            overwrite(p, NdArray.concat(0, parts));
        } else if (QUERY_OR_KEY.matcher(name).matches()) {
            overwrite(p, draw(p, p.tensor().shape(), 1, random));
        } else if (SCALED.matcher(name).matches()) {
            overwrite(p, draw(p, p.tensor().shape(), gain, random));
        } else if (BIAS.matcher(name).matches()) {
            p.value().fillInPlace(0);
        }
    }

    private static NdArray draw(Parameter p, Shape shape, double gain, RandomGenerator random) {
        return Init.xavierNormal(gain).create(p.tensor().dtype(), shape, random);
    }

    private static void overwrite(Parameter p, NdArray value) {
        p.value().copyInPlace(value);
    }
}
