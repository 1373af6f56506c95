package keel.nn.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import keel.nn.init.Init;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Sequential;
import keel.nn.residual.Residual;

/// Builds the net of a recipe.
record Stack(Recipe recipe, RandomGenerator random) {
    Layer model(int in, int out) {
        var layers = new ArrayList<Layer>();
        layers.add(hidden(in));
        if (!recipe.shortcuts()) behind(layers);
        for (int i = 0; i < recipe.depth(); i++) layers.add(block());
        if (recipe.shortcuts() && recipe.norm() != null) layers.add(norm());
        layers.add(Linear.of(recipe.width(), out, Advice.forOutput().choice(), random));
        return new Sequential(layers);
    }

    private Layer block() {
        int width = recipe.width();
        if (recipe.shortcuts()) {
            // the branch starts at zero, so each block starts as the identity, with a norm or without
            var first = hidden(width);
            var last = Linear.of(width, width, Init.zeros(), random);
            return recipe.norm() == null ? Residual.plain(first, recipe.activation(), last)
                : Residual.preNorm(norm(), first, recipe.activation(), last);
        }
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < 2; i++) {
            layers.add(hidden(width));
            behind(layers);
        }
        return new Sequential(layers);
    }

    private Linear hidden(int in) {
        return Linear.of(in, recipe.width(), recipe.init().apply(recipe.activation()), random);
    }

    private Layer norm() {
        return recipe.norm().apply(recipe.width());
    }

    private void behind(List<Layer> layers) {
        if (recipe.norm() != null) layers.add(norm());
        layers.add(recipe.activation());
    }
}
