package keel.nn.attention;

import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// A layer of self-attention that can be told which places are seen.
public interface MaskedLayer extends Layer {
    /// The output for `x` where places attend to those that the mask shows.
    Tensor forward(Tensor x, AttentionMask mask, Pass pass);

    /// Every place attends to every place.
    @Override
    default Tensor forward(Tensor x, Pass pass) {
        return forward(x, AttentionMask.none(), pass);
    }

    /// This layer under a mask, as a layer: for [Pass#run], so that paths and watchers work.
    default Layer under(AttentionMask mask) {
        return mask.equals(AttentionMask.none()) ? this : new Under(this, mask);
    }

    /// A layer and its mask, for one pass.
    record Under(MaskedLayer layer, AttentionMask mask) implements Layer {
        @Override
        public Tensor forward(Tensor x, Pass pass) {
            return layer.forward(x, mask, pass);
        }

        @Override
        public void visit(Visitor visitor) {
            layer.visit(visitor);
        }

        @Override
        public String toString() {
            return layer.toString();
        }
    }
}
