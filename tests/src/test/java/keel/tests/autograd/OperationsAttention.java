package keel.tests.autograd;

import java.util.SplittableRandom;
import keel.array.AttentionOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Attention;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;
import keel.tests.gen.Samples;

/// Attention, with and without its options.
final class OperationsAttention {
    private OperationsAttention() {}

    static void enter() {
        Operations.add("scaledDotProduct", (_, random) -> {
            var all = AttentionOptions.defaults();
            return of(false, random.nextBoolean() ? all : all.causal(random.nextInt(-1, 2)), random);
        });
        Operations.add("scaledDotProduct of groups",
            (_, random) -> of(false, AttentionOptions.defaults().grouped().scale(0.7), random));
        Operations.add("scaledDotProduct with dropout", (_, random) -> of(true, AttentionOptions.defaults(), random));
        Operations.add("scaledDotProduct with a bias", (_, random) -> new Case(
            x -> Attention.scaledDotProduct(x[0], x[1], x[2], x[3], AttentionOptions.defaults()), between(random, 2, 3, 2),
            between(random, 2, 4, 2), between(random, 2, 4, 3), between(random, 3, 4)));
        Operations.add("attention weights, applied", (_, random) -> new Case(x -> {
            var w = Attention.weights(x[0], x[1], null, AttentionOptions.defaults().causal());
            return Attention.apply(w, x[2], AttentionOptions.defaults()).add(w.sum(false, -1).unsqueeze(-1));
        }, between(random, 2, 3, 2), between(random, 3, 2), between(random, 2, 3, 4)));
    }

    private static Case of(boolean dropout, AttentionOptions plain, SplittableRandom random) {
        int n = random.nextInt(3);
        int heads = 1 + random.nextInt(2);
        int l = random.nextInt(4);
        int s = random.nextInt(4);
        int e = 1 + random.nextInt(2);
        int group = plain.isGrouped() ? 2 : 1;
        var kept = Samples.mask(Shape.of(n, heads * group, l, s), random);
        var options = dropout ? plain.dropout(kept, 0.3) : plain;
        var mask = switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Samples.mask(Shape.of(random.nextBoolean() ? n : 1, 1, l, s), random);
            default -> between(random, l, random.nextBoolean() ? s : 1);
        };
        return new Case(x -> Attention.scaledDotProduct(x[0], x[1], x[2], typed(mask, x[0]), options),
            between(random, n, heads * group, l, e), between(random, n, heads, s, e),
            between(random, n, heads, s, random.nextInt(3)));
    }

    private static Tensor typed(NdArray mask, Tensor x) {
        return mask == null ? null : Tensor.of(mask.dtype() == DType.BOOL ? mask : mask.cast(x.dtype()));
    }

    private static NdArray between(SplittableRandom random, int... extents) {
        return Operations.between(Shape.of(extents), -1, 1, random);
    }
}
