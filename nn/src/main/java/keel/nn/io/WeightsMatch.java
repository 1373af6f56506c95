package keel.nn.io;

import java.util.ArrayList;
import java.util.List;

/// How the tensors of a file fit the parameters and the state of a model, by name.
///
/// @param loaded     names in both, of one shape: those that are taken over
/// @param missing    names that only the model has
/// @param unexpected names that only the file has
/// @param unfitting  names in both whose shapes or kinds of numbers differ, with what differs
public record WeightsMatch(List<String> loaded, List<String> missing, List<String> unexpected, List<String> unfitting) {
    /// Copies the lists.
    public WeightsMatch {
        loaded = List.copyOf(loaded);
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        unfitting = List.copyOf(unfitting);
    }

    /// Whether the model's names are the file's and all fit.
    public boolean isComplete() {
        return missing.isEmpty() && unexpected.isEmpty() && unfitting.isEmpty();
    }

    /// Everything that does not fit, in one line.
    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        if (!missing.isEmpty()) parts.add("missing " + String.join(", ", missing));
        if (!unexpected.isEmpty()) parts.add("unexpected " + String.join(", ", unexpected));
        if (!unfitting.isEmpty()) parts.add("unfitting " + String.join(", ", unfitting));
        return parts.isEmpty() ? "all " + loaded.size() + " fit" : String.join("; ", parts);
    }
}
