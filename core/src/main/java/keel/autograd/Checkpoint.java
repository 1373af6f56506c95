package keel.autograd;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Trades time for memory: the operations inside a segment are not remembered but done again when its gradient is needed (Chen et
/// al. 2016, arXiv:1604.06174). Same gradients, to the bit.
public final class Checkpoint {
    private Checkpoint() {}

    /// `segment(x)`, of which only `x` and the result are kept. The segment must compute the same again when asked again, from
    /// `x` and leaves alone; `parameters` are the leaves inside it that want gradients.
    public static Tensor of(UnaryOperator<Tensor> segment, Tensor x, Tensor... parameters) {
        var y = Recording.off(() -> segment.apply(x));
        return Tensor.op(y.value(), new Segment(segment, x, parameters));
    }

    record Segment(UnaryOperator<Tensor> segment, Tensor x, Tensor... parameters) implements Vjp {
        @Override
        public Tensor[] inputs() {
            var y = new Tensor[parameters.length + 1];
            y[0] = x;
            System.arraycopy(parameters, 0, y, 1, parameters.length);
            return y;
        }

        @Override
        public void pull(Tensor y, Tensor dy, Inputs in) {
            boolean create = Recording.isOn();
            var alias = Recording.on(() -> x.wantsGradient() ? x.alias() : x);
            var again = Recording.on(() -> segment.apply(alias));
            if (!again.wantsGradient()) {
                return;
            }
            var backward = Backward.from(again).seed(dy).into(new Inputs() {
                @Override public void give(Tensor input, Supplier<Tensor> gradient) {
                    in.give(input == alias ? x : input, gradient);
                }
                @Override public void giveSlice(Tensor input, int axis, int from, Supplier<Tensor> gradient) {
                    in.giveSlice(input == alias ? x : input, axis, from, gradient);
                }
                @Override public boolean wants(Tensor input) { return in.wants(input); }
            }, alias);
            (create ? backward.createGraph() : backward).run();
        }
    }
}
