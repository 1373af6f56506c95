package keel.tests.conformance;

import java.util.Arrays;
import java.util.List;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Bilinear;
import keel.nn.layer.Embedding;
import keel.nn.layer.EmbeddingBag;
import keel.nn.layer.EmbeddingBag.Mode;
import keel.nn.layer.Pass;
import keel.nn.layer.Unflatten;

/// Tables of vectors, and the layers of two inputs.
final class EmbeddingOps {
    private EmbeddingOps() {}

    static void in(Table t) {
        t.op("nn.functional.embedding", a -> embedding(a, a.tensor("weight")).lookup(a.array("input")));
        t.op("nn.functional.embedding_bag", a -> bag(a, a.tensor("weight"), a));
        t.op("module nn.Embedding", a -> {
            var ctor = sizes(a);
            var layer = embedding(ctor, a.inner("state").tensor("weight"));
            var pass = ModuleOps.pass(a);
            return a.inners("calls").stream().map(call -> layer.forward(call.input(), pass)).toList();
        });
        t.op("module nn.EmbeddingBag", a -> {
            var ctor = sizes(a);
            var weight = a.inner("state").tensor("weight");
            ModuleOps.pass(a);
            return a.inners("calls").stream().map(call -> bag(ctor, weight, call)).toList();
        });
        t.op("module nn.Bilinear", a -> {
            var ctor = a.inner("ctor");
            for (var name : List.of("in1_features", "in2_features", "out_features", "bias")) ctor.raw(name);
            var state = a.inner("state");
            var layer = new Bilinear(state.tensor("weight"), state.tensorOrNull("bias"));
            var pass = ModuleOps.pass(a);
            return a.inners("calls").stream().map(call -> layer.forward(call.tensor("input1"), call.tensor("input2"), pass))
                .toList();
        });
        ModuleOps.layer(t, "Unflatten", (o, _) -> Unflatten.of(o.integer("dim"), o.integers("unflattened_size")));
    }

    private static Args sizes(Args a) {
        var ctor = a.inner("ctor");
        ctor.raw("num_embeddings");
        ctor.raw("embedding_dim");
        return ctor;
    }

    private static Embedding embedding(Args a, Tensor weight) {
        a.flag("sparse", false);
        return new Embedding(weight, padding(a, weight), a.flag("scale_grad_by_freq", false));
    }

    // PyTorch counts negative ones from the end.
    private static int padding(Args a, Tensor weight) {
        int i = a.integer("padding_idx", Embedding.NO_PADDING);
        return a.has("padding_idx") && i < 0 ? i + weight.extent(0) : i;
    }

    private static Tensor bag(Args options, Tensor weight, Args call) {
        options.flag("sparse", false);
        var mode = Mode.valueOf(options.text("mode", "mean").toUpperCase());
        var layer = new EmbeddingBag(weight, mode, padding(options, weight));
        var indices = call.array("input");
        var weights = call.tensorOrNull("per_sample_weights");
        if (!call.has("offsets")) return layer.forward(indices, weights);
        var offsets = call.array("offsets").ints();
        boolean last = options.flag("include_last_offset", false);
        return layer.forward(indices, NdArray.of(last ? Arrays.copyOf(offsets, offsets.length - 1) : offsets), weights);
    }
}
