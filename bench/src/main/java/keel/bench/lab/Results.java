package keel.bench.lab;

import java.util.List;

/// The runs of one call of the lab, in the order of the catalogue.
///
/// @param setup what all of them have in common
/// @param runs  one for each experiment
public record Results(Setup setup, List<Result> runs) {
    /// Copies the list.
    public Results {
        runs = List.copyOf(runs);
    }

    /// The run of this experiment, or null if it was not asked for.
    Result get(String name) {
        return runs.stream().filter(r -> r.experiment().name().equals(name)).findFirst().orElse(null);
    }
}
