package keel.nn.recurrent;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Fans;
import keel.nn.init.Init;

/// How a recurrent cell starts. Each gate's matrix is drawn by itself, so that [Init#orthogonal()] makes each of them
/// orthogonal, and not the tall matrix that they are stored in.
///
/// @param input of the weights from the input, one `(hidden, in)` a gate; null for U(±1/√hidden), PyTorch's
/// @param recurrent of the weights from the state, one `(hidden, out)` a gate; null for U(±1/√hidden)
/// @param bias of both biases, one `(hidden)` a gate; null for U(±1/√hidden)
/// @param forgetBias what the biases of an LSTM's forget gate add up to; NaN leaves them as they are drawn
public record CellInit(Init input, Init recurrent, Init bias, double forgetBias) {
    /// Everything U(±1/√hidden).
    public static CellInit pytorch() {
        return new CellInit(null, null, null, Double.NaN);
    }

    /// Xavier for the input; orthogonal for the state, so that a step neither shrinks nor stretches it (Saxe et al. 2013,
    /// arXiv:1312.6120); biases 0, but 1 for a forget gate, so that an LSTM starts by remembering (Gers et al. 2000; Jozefowicz
    /// et al. 2015).
    public static CellInit orthogonal() {
        return new CellInit(Init.xavierUniform(), Init.orthogonal(), Init.zeros(), 1);
    }

    /// For a plain cell with relu: the identity for the state, N(0, 0.001²) for the input, biases 0, so that the state stays
    /// what it is until the input says otherwise (Le et al. 2015, arXiv:1504.00941).
    public static CellInit identity() {
        return new CellInit(Init.normal(IRNN_STD), Init.eye(), Init.zeros(), Double.NaN);
    }

    private static final double IRNN_STD = 0.001; // Le et al., section 4

    /// With other weights from the input.
    public CellInit input(Init init) {
        return new CellInit(init, recurrent, bias, forgetBias);
    }

    /// With other weights from the state.
    public CellInit recurrent(Init init) {
        return new CellInit(input, init, bias, forgetBias);
    }

    /// With other biases.
    public CellInit bias(Init init) {
        return new CellInit(input, recurrent, init, forgetBias);
    }

    /// With biases of an LSTM's forget gate that add up to this; NaN leaves them as they are drawn.
    public CellInit forgetBias(double sum) {
        return new CellInit(input, recurrent, bias, sum);
    }

    /// The four tensors of a cell with so many gates; no biases unless `biased`.
    CellWeights draw(String name, DType dtype, int gates, int in, int hidden, int out, boolean biased,
            RandomGenerator random) {
        if (in < 1 || hidden < 1 || out < 1) {
            throw new IllegalArgumentException(name + ": " + in + " features, hidden " + hidden + ", out " + out
                + "; all must be 1 or more");
        }
        var standard = Init.uniform(-1 / Math.sqrt(hidden), 1 / Math.sqrt(hidden));
        var ih = blocks(dtype, input == null ? standard : input, gates, Shape.of(hidden, in), random);
        var hh = blocks(dtype, recurrent == null ? standard : recurrent, gates, Shape.of(hidden, out), random);
        if (!biased) return new CellWeights(ih, hh, null, null);
        var b = bias == null ? standard : bias;
        return new CellWeights(ih, hh, blocks(dtype, b, gates, Shape.of(hidden), random),
            blocks(dtype, b, gates, Shape.of(hidden), random));
    }

    private static Tensor blocks(DType dtype, Init init, int gates, Shape shape, RandomGenerator random) {
        var parts = new NdArray[gates];
        var fans = shape.rank() < 2 ? Fans.none() : Fans.of(shape);
        for (int i = 0; i < gates; i++) parts[i] = init.create(dtype, shape, fans, random);
        return Tensor.parameter(NdArray.concat(0, parts));
    }
}
