package keel.tests.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.clip.Clip;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.optim.Ema;

/// Optimizers: along given gradients, on a quadratic, and in training a small net.
final class OptimOps {
    private OptimOps() {}

    static void in(Table t) {
        Optimizers.MAKERS.forEach((cls, maker) -> {
            t.op("optim_traj " + cls, a -> trajectory(a, maker));
            t.op("optim_quadratic " + cls, a -> quadratic(a, maker));
        });
        t.op("train_mlp", OptimOps::train);
        t.op("ema", OptimOps::average);
    }

    // Parameters without a layer, for arrays that the case gives.
    private static Parameters parameters(List<Tensor> tensors) {
        var y = new ArrayList<Parameter>();
        for (var t : tensors) y.add(new Parameter("p" + y.size(), t, null));
        return new Parameters(y);
    }

    private static Tensor copy(Tensor t) { return Tensor.parameter(t.value().copy()); }

    private static Object trajectory(Args a, Optimizers.Maker maker) {
        a.text("cls");
        var p = List.of(a.tensors("params")).stream().map(OptimOps::copy).toList();
        var g = a.tensors("grads");
        var optimizer = maker.over(a.inner("hyper"), parameters(p));
        var steps = new ArrayList<List<NdArray>>();
        for (var _ : p) steps.add(new ArrayList<>());
        for (int s = 0; s < g[0].extent(0); s++) {
            var gradients = new HashMap<Tensor, NdArray>();
            for (int i = 0; i < g.length; i++) gradients.put(p.get(i), g[i].select(0, s).value());
            optimizer.step(Gradients.of(gradients));
            for (int i = 0; i < g.length; i++) steps.get(i).add(p.get(i).value().copy());
        }
        return steps.stream().map(OptimOps::stacked).toList();
    }

    private static NdArray stacked(List<NdArray> parts) { return NdArray.stack(0, parts.toArray(NdArray[]::new)); }

    private static Object quadratic(Args a, Optimizers.Maker maker) {
        a.text("cls");
        var x = copy(a.tensor("x0"));
        var optimizer = maker.over(a.inner("hyper"), parameters(List.of(x)));
        var xs = new ArrayList<NdArray>();
        var losses = new ArrayList<NdArray>();
        for (int s = 0; s < a.integer("steps"); s++) {
            losses.add(optimizer.step(() -> x.mul(0.5).dot(a.tensor("A").mv(x)).sub(a.tensor("b").dot(x))).value());
            xs.add(x.value().copy());
        }
        return List.of(stacked(xs), stacked(losses));
    }

    private static Object average(Args a) {
        var values = a.array("values");
        var p = parameters(List.of(copy(Tensor.of(values.slice(0, 0, 1).squeeze(0)))));
        var average = Ema.defaults().decay(a.number("decay")).over(p);
        var averages = new ArrayList<NdArray>();
        for (int s = 0; s < values.extent(0); s++) {
            p.get("p0").value().copyInPlace(values.slice(0, s, s + 1).squeeze(0));
            average.update();
            averages.add(average.values().get("p0"));
        }
        return stacked(averages);
    }

    private static Object train(Args a) {
        var w = a.tensors("weights");
        var b = a.tensors("biases");
        var activation = switch (a.text("act")) {
            case "tanh" -> Activation.tanh();
            case "sigmoid" -> Activation.sigmoid();
            case "nn.functional.relu" -> Activation.relu();
            case "nn.functional.gelu" -> Activation.gelu();
            case "nn.functional.silu" -> Activation.silu();
            default -> throw new Unsupported("train_mlp with " + a.text("act"));
        };
        var layers = new ArrayList<Layer>();
        var linears = new ArrayList<Linear>();
        for (int i = 0; i < w.length; i++) {
            linears.add(new Linear(copy(w[i]), copy(b[i])));
            layers.add(linears.get(i));
            if (i + 1 < w.length) layers.add(activation);
        }
        var model = Sequential.of(layers.toArray(Layer[]::new));
        var maker = Optimizers.MAKERS.get(a.text("opt"));
        if (maker == null) throw new Unsupported("no optimizer " + a.text("opt"));
        var optimizer = maker.over(a.inner("hyper"), model.parameters());
        var clip = Clip.globalNorm(a.number("clip_norm", Double.POSITIVE_INFINITY));
        var rates = a.has("lrs") ? (List<?>) a.raw("lrs") : null;
        var losses = new ArrayList<NdArray>();
        var norms = new ArrayList<NdArray>();
        for (int s = 0; s < a.integer("steps"); s++) {
            var y = model.forward(a.tensor("x"), Pass.inference());
            var loss = a.text("loss").equals("mse") ? Loss.meanSquaredError(y, a.tensor("y"))
                : Loss.crossEntropy(y, a.array("y"));
            losses.add(loss.value());
            var clipped = clip.apply(loss.backward());
            norms.add(NdArray.full(y.dtype(), Shape.of(), clip.stats().norm()));
            if (rates == null) optimizer.step(clipped);
            else optimizer.step(clipped, (Double) rates.get(s));
        }
        var results = new ArrayList<Object>(List.of(stacked(losses), stacked(norms)));
        linears.forEach(l -> results.add(l.weight()));
        linears.forEach(l -> results.add(l.bias()));
        return results;
    }
}
