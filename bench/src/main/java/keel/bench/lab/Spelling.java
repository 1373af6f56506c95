package keel.bench.lab;

import java.util.List;
import java.util.Locale;

/// Finds what someone probably meant.
final class Spelling {
    private Spelling() {}

    /// The known name that is the fewest changed letters away, or null if none is near.
    static String closest(String name, List<String> known) {
        String best = null;
        int least = Math.max(2, name.length() / 2) + 1;
        for (var candidate : known) {
            int d = distance(name.toLowerCase(Locale.ROOT), candidate);
            if (d < least) {
                least = d;
                best = candidate;
            }
        }
        return best;
    }

    // Letters to put in, take out or replace (Levenshtein).
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
