package keel.bench.lab;

import java.util.List;
import keel.nn.init.Init;
import keel.nn.layer.Activation;

/// The experiments. Each is what it changes in another one; the training is the same lines for all. What they do is not written
/// here: that is measured.
final class Catalogue {
    private Catalogue() {}

    private static final Parts SIGMOID = Parts.plain();
    private static final Parts RELU = SIGMOID.activation(Activation.relu());
    private static final Parts HE = RELU.weights("He", Init.heNormal());
    // Adam at a rate that tells the two places of the norm apart: a tenth of it trains either.
    private static final Parts TRANSFORMER = RELU.norm(Norm.LAYER).adam(0.012);

    static List<Experiment> all() {
        return List.of(
            new Experiment("sigmoid", "Sigmoid", SIGMOID, """
                The slope of a sigmoid is at most ¼, so a gradient that passes twenty of them is all but gone before it \
                reaches the first layer. A shortcut around each layer leads it past them."""),

            new Experiment("sigmoid-residual", "Sigmoid, shortcuts", SIGMOID.wiring(Wiring.RESIDUAL), """
                The same layers with a shortcut around each of them: the gradient has a way back that no sigmoid stands in. \
                It is the mend for the plain sigmoid."""),

            new Experiment("sigmoid-huge", "Sigmoid, N(0, 10²)", SIGMOID.weights("N(0, 10²)", Init.normal(10)), """
                Large weights drive sigmoids to where they are flat, but the gradient is multiplied by those large weights \
                too, and which of the two wins has to be measured. Xavier's weights keep to where the slope is steep."""),

            new Experiment("relu-tiny", "ReLU, N(0, 0.001²)", RELU.weights("N(0, 0.001²)", Init.normal(0.001)), """
                Each layer multiplies the signal by far less than 1, forward and back, until floats have no smaller number. \
                Weights of the variance 2/n (He) make that factor 1."""),

            new Experiment("relu-huge", "ReLU, N(0, 10²)", RELU.weights("N(0, 10²)", Init.normal(10)), """
                Each layer multiplies the signal by far more than 1; one step along gradients of that size and nothing is \
                finite any more. Weights of the variance 2/n (He) make that factor 1."""),

            new Experiment("relu-xavier", "ReLU, Xavier", RELU, """
                ReLU takes away half of each layer's signal, and Xavier's variance, made for linear units, does not make up \
                for it. He's variance is twice as large."""),

            new Experiment("relu-pytorch", "ReLU, PyTorch's default",
                RELU.weights("PyTorch default", Init.pytorchDefault()).biases(Init.pytorchDefault()), """
                A Linear layer of PyTorch that nobody initializes draws from U(±1/√n), a sixth of He's variance, and loses \
                more than half of the signal in each ReLU layer. Ask for He."""),

            new Experiment("relu-he", "ReLU, He", HE, """
                With the variance 2/n the size of signals and gradients stays what it is through all layers. It is the mend \
                for the ReLU chains above."""),

            new Experiment("relu-residual", "ReLU, He, shortcuts", HE.wiring(Wiring.RESIDUAL), """
                A shortcut adds a block's output to its input, so with He's weights and no norm the variance doubles in each \
                block. Normalize in front of the block, or start the block at zero."""),

            new Experiment("layernorm", "ReLU, He, LayerNorm", HE.norm(Norm.LAYER), """
                LayerNorm brings each digit's outputs back to one size in every layer and at every step, so nothing can \
                explode. It cannot bring back what made digits different; for that a deep chain needs shortcuts."""),

            new Experiment("batchnorm", "ReLU, He, BatchNorm", HE.norm(Norm.BATCH), """
                BatchNorm gives every unit mean 0 and variance 1 over the batch, so digits stay as different in the last \
                layer as in the first. In a plain chain it pays with gradients that grow on the way back."""),

            new Experiment("modern", "The modern recipe",
                HE.activation(Activation.gelu()).norm(Norm.LAYER).wiring(Wiring.PRE_NORM).clip(1).warmup(0.2), """
                He, GELU, LayerNorm in front of every block, shortcuts, clipping and a warmup: each takes away one way of \
                breaking. It is the mend for everything above."""),

            new Experiment("zeros", "Sigmoid, zeros", SIGMOID.weights("zeros", Init.zeros()), """
                Units that start equal get equal gradients and stay equal, whatever they are trained for. Random weights make \
                them different."""),

            new Experiment("post-norm", "Post-LN", TRANSFORMER.wiring(Wiring.POST_NORM_BLOCKS), """
                Transformer-like blocks of two layers (no attention here) with the norm on the shortcut, and the whole rate \
                from the first step. A warmup eases it; the norm in front of the block takes the cause away."""),

            new Experiment("post-norm-warmup", "Post-LN, warmup", TRANSFORMER.wiring(Wiring.POST_NORM_BLOCKS).warmup(1.0 / 3), """
                The same blocks, with a rate that climbs over the first third of the steps. Small first steps let Adam's \
                averages settle before they are trusted."""),

            new Experiment("pre-norm", "Pre-LN", TRANSFORMER.wiring(Wiring.PRE_NORM_BLOCKS), """
                The same blocks with the norm inside: the shortcut runs from end to end with nothing on it. It is the mend \
                for Post-LN."""),

            new Experiment("pre-norm-warmup", "Pre-LN, warmup", TRANSFORMER.wiring(Wiring.PRE_NORM_BLOCKS).warmup(1.0 / 3), """
                Both mends together. What the warmup adds to Pre-LN is to be read off the comparison."""));
    }
}
