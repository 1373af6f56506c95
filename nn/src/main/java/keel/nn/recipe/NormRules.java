package keel.nn.recipe;

import java.util.function.IntFunction;
import keel.nn.layer.Layer;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.GroupNorm;
import keel.nn.norm.LayerNorm;

/// Which normalization for which net and batch.
final class NormRules {
    /// Below this statistics of a batch are too noisy (Wu and He 2018, figure 1).
    static final int SMALL_BATCH = 16;

    private static final int GROUPS = 32; // Wu and He's

    private NormRules() {}

    static Advice<IntFunction<Layer>> of(Architecture architecture, int batchSize) {
        return switch (architecture) {
            case TRANSFORMER -> new Advice<>("LayerNorm.of(n)", LayerNorm::of,
                "lengths vary and a batch may be one sequence, so each token is normalized by itself; RMSNorm is cheaper and "
                    + "as good",
                "Ba et al. 2016, arXiv:1607.06450; Zhang and Sennrich 2019, arXiv:1910.07467");
            case RECURRENT -> new Advice<>("LayerNorm.of(n)", LayerNorm::of,
                "statistics of a batch differ from step to step, those of a state do not", "Ba et al. 2016, arXiv:1607.06450, "
                    + "section 3.1");
            case MLP -> new Advice<>("LayerNorm.of(n)", LayerNorm::of,
                "it treats training and inference alike and needs no batch; BatchNorm trains as well where batches are large",
                "Ba et al. 2016, arXiv:1607.06450");
            case CONVOLUTIONAL -> batchSize >= SMALL_BATCH
                ? new Advice<>("BatchNorm.of(n)", BatchNorm::of,
                    "every place of every image of the batch counts for a channel's statistics, so they are steady; leave "
                        + "short batches out",
                    "Ioffe and Szegedy 2015, arXiv:1502.03167")
                : new Advice<>("GroupNorm.of(groups, n)", NormRules::groups,
                    "a batch of " + batchSize + " gives noisy statistics; groups of channels of one image do not ask for a batch",
                    "Wu and He 2018, arXiv:1803.08494");
        };
    }

    // The most groups up to 32 that divide the channels.
    private static Layer groups(int channels) {
        int groups = Math.min(GROUPS, channels);
        while (channels % groups != 0) groups--;
        return GroupNorm.of(groups, channels);
    }
}
