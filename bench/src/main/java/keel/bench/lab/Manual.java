package keel.bench.lab;

import java.util.List;
import keel.nn.report.Html;
import keel.nn.report.Html.Section;

/// How to read the page, and how to make it again.
final class Manual {
    private Manual() {}

    static Section section(Results results) {
        return Html.section("How to read this, and how to run it again",
            Html.list(List.of("""
                Networks: %d linear layers from 64 pixels to 10 classes. In the Pre-LN and Post-LN networks two of them make \
                a block, W₂·relu(W₁·x), the feed-forward half of a transformer block; there is no \
                attention.""".formatted(results.setup().depth()), """
                Data: 1,797 digits of 8 × 8 pixels, a fifth of each class set aside for testing, pixels standardized. \
                Alpaydin and Kaynak, “Optical Recognition of Handwritten Digits”, UCI Machine Learning Repository 1998, doi \
                10.24432/C50P49, CC BY 4.0.""", """
                Readings are taken on %d training digits before the first step and after the last. “Varies by digit” is the \
                standard deviation of a unit's output over the digits, root mean square over the units; where it is 0, \
                nothing of the input is left.""".formatted(Training.PROBE), """
                A dead unit is 0 for every one of those digits. The rank is that of the (first) weight matrix of the layer: \
                how many of its units differ.""", """
                Stuck: fewer than 20 % of the test digits. Trained: 90 % or more. The last loss is the mean of the last 20 \
                batches.""",
                "The numbers behind the page are in lab.json beside it.")),
            Html.pre("Command", command(results)),
            Html.paragraph("""
                The same command gives the same numbers to the last bit, on any number of threads, with SIMD or without. \
                Other seeds, depths and widths (--seed, --depth, --width) tell what of it is luck."""));
    }

    private static String command(Results results) {
        var setup = results.setup();
        var usual = Setup.defaults();
        var words = new StringBuilder("./keel lab");
        if (results.runs().size() < Catalogue.all().size()) {
            for (var run : results.runs()) words.append(' ').append(run.experiment().name());
        }
        option(words, "depth", setup.depth(), usual.depth());
        option(words, "width", setup.width(), usual.width());
        option(words, "steps", setup.steps(), usual.steps());
        option(words, "batch", setup.batch(), usual.batch());
        option(words, "seed", setup.seed(), usual.seed());
        return words.toString();
    }

    private static void option(StringBuilder words, String name, long value, long usual) {
        if (value != usual) words.append(" --").append(name).append(' ').append(value);
    }
}
