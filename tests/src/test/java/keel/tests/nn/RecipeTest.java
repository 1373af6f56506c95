package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.clip.Clip;
import keel.nn.data.Batches;
import keel.nn.data.Digits;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Flatten;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Sequential;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.RMSNorm;
import keel.nn.optim.SGD;
import keel.nn.recipe.Recipe;
import keel.nn.recipe.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The modern stack trains twenty layers, and every part of it can be taken out or replaced.
class RecipeTest {
    private static final Digits DIGITS = Digits.split(1);

    private static Run trained(Recipe recipe, int steps) {
        var random = new SplittableRandom(42);
        var run = recipe.build(64, 10, steps, random);
        var batches = Batches.seeded(DIGITS.train(), 32, 1);
        for (int step = 0; step < steps; step++) run.step(step, batches.next(), random);
        return run;
    }

    private static double accuracy(Layer model) {
        var test = DIGITS.test();
        var guesses = model.forward(test.batch().x()).value().argmax(1).ints();
        int right = 0;
        for (int i = 0; i < guesses.length; i++) if (guesses[i] == test.labels().ints()[i]) right++;
        return right / (double) test.size();
    }

    @Test
    void theModernStackOfTwentyLayersReads96PercentOfTheDigitsIn100Steps() {
        double accuracy = accuracy(trained(Recipe.modern(), 100).model());
        assertTrue(accuracy > 0.96, () -> "accuracy " + accuracy);
    }

    @Test
    void everyPartCanBeTakenOut() {
        var ablations = Recipe.modern().depth(2).width(16).ablations();
        assertEquals(List.of("init", "activation", "norm", "shortcuts", "clip", "warmup"), List.copyOf(ablations.keySet()));
        var whole = weights(trained(Recipe.modern().depth(2).width(16), 8));
        ablations.forEach((part, recipe) -> {
            var run = trained(recipe, 8);
            var weights = weights(run);
            for (float w : weights) assertTrue(Float.isFinite(w), part);
            assertFalse(Arrays.equals(whole, weights), part + " makes no difference");
        });
    }

    private static float[] weights(Run run) {
        return NdArray.concat(0, run.model().parameters().stream().map(p -> p.value().reshape(p.value().size()))
            .toArray(NdArray[]::new)).floats();
    }

    @Test
    void withoutNormAndShortcutsAndAGoodStartTwentyLayersLearnNothing() {
        var bare = Recipe.modern().withoutNorm().withoutShortcuts().init(Init.pytorchDefault());
        double accuracy = accuracy(trained(bare, 60).model());
        assertTrue(accuracy < 0.3, () -> "accuracy " + accuracy);
        double withShortcuts = accuracy(trained(Recipe.modern().withoutNorm(), 60).model());
        assertTrue(withShortcuts > 0.85, () -> "accuracy " + withShortcuts);
    }

    @Test
    void everyPartCanBeReplaced() {
        var recipe = Recipe.modern().depth(1).width(8).activation(Activation.relu()).norm(RMSNorm::of)
            .optimizer(SGD.defaults().momentum(0.9)::over).clip(() -> Clip.adaptive(0.01)).rate(0.1).warmup(0.5);
        var run = recipe.build(4, 3, 10, new SplittableRandom(1));
        assertEquals("Sequential(Linear(4 → 8), Residual(RMSNorm(8) → Sequential(Linear(8 → 8), relu, Linear(8 → 8))), "
            + "RMSNorm(8), "
            + "Linear(8 → 3))", run.model().toString().replaceAll("RMSNorm\\([^)]*\\)+", "RMSNorm(8)"));
        assertEquals("Clip.adaptive(0.01, 0.001)", run.clip().toString());
        assertEquals(0.02, run.rate().at(0), 1e-17);
        assertEquals(0.1, run.rate().at(4));
        assertEquals(0.1, run.rate().at(5));
        assertEquals(0.1 / 300, run.rate().at(10), 1e-18);
        var plain = recipe.withoutShortcuts().norm(BatchNorm::of).model(4, 3, new SplittableRandom(1));
        assertTrue(plain.toString().startsWith("Sequential(Linear(4 → 8), BatchNorm"), plain::toString);
        assertEquals(3, plain.forward(Tensor.of(NdArray.zeros(DType.F32, 5, 4))).extent(1));
    }

    @Test
    void anyModelCanHaveTheStack() {
        var random = new SplittableRandom(3);
        var model = Sequential.of(Flatten.of(), Linear.of(64, 10, Init.xavierNormal(), random));
        var run = Recipe.modern().rate(0.02).over(model, 60);
        var batches = Batches.seeded(DIGITS.train(), 64, 2);
        for (int step = 0; step < 60; step++) run.step(step, batches.next(), random);
        assertTrue(accuracy(model) > 0.85);
    }

    @Test
    void blocksStartAsTheIdentity() {
        var random = new SplittableRandom(5);
        var x = Tensor.of(NdArray.normal(DType.F32, Shape.of(9, 64), 0, 1, random));
        var shallow = Recipe.modern().withoutNorm().depth(0).model(64, 10, new SplittableRandom(6));
        var deep = Recipe.modern().withoutNorm().depth(50).model(64, 10, new SplittableRandom(6));
        var first = (Linear) ((Sequential) deep).layers().getFirst();
        var last = (Linear) ((Sequential) deep).layers().getLast();
        assertArrayEquals(last.forward(first.forward(x)).value().floats(), deep.forward(x).value().floats());
        assertEquals(2, ((Sequential) shallow).layers().size());
    }

    @Test
    void aSeedGivesTheSameBits() {
        assertArrayEquals(weights(trained(Recipe.modern().depth(3), 10)), weights(trained(Recipe.modern().depth(3), 10)));
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        var recipe = Recipe.modern();
        assertRefused("Recipe: -1 blocks of 64 features; give 0 blocks or more, of 1 or more", () -> recipe.depth(-1));
        assertRefused("Recipe: 10 blocks of 0 features; give 0 blocks or more, of 1 or more", () -> recipe.width(0));
        assertRefused("Recipe: warmup is 1.0; give a share from 0 to below 1", () -> recipe.warmup(1));
        assertRefused("Recipe: the rate is 0.1 and falls to 0.2; give a finite rate above 0, and one from 0 to that",
            () -> recipe.rate(0.1, 0.2));
        assertRefused("Recipe.model: 0 inputs and 10 outputs; give 1 or more of both",
            () -> recipe.model(0, 10, new SplittableRandom(1)));
        assertRefused("Recipe.schedule: 0 steps; give 1 or more", () -> recipe.schedule(0));
        for (int steps = 1; steps < 40; steps++) assertEquals(steps, recipe.schedule(steps).length());
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
