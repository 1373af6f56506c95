package keel.nn.optim;

/// The ranges of options, each refused in one line.
final class Check {
    private Check() {}

    static void notNegative(String optimizer, String option, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(optimizer + ": " + option + " is " + value
                + "; give a finite number of 0 or more");
        }
    }

    static void belowOne(String optimizer, String option, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(optimizer + ": " + option + " is " + value + "; give a number from 0 to below 1");
        }
    }
}
