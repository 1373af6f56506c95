package keel.nn.optim;

/// The ranges of options, each refused in one line.
final class Check {
    private Check() {}

    static void notNegative(String optimizer, String option, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, optimizer, option, value, "a finite number of 0 or more");
    }

    static void positive(String optimizer, String option, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, optimizer, option, value, "a finite number above 0");
    }

    static void finite(String optimizer, String option, double value) {
        require(Double.isFinite(value), optimizer, option, value, "a finite number");
    }

    static void belowOne(String optimizer, String option, double value) {
        require(value >= 0 && value < 1, optimizer, option, value, "a number from 0 to below 1");
    }

    static void share(String optimizer, String option, double value) {
        require(value >= 0 && value <= 1, optimizer, option, value, "a number from 0 to 1");
    }

    static void atLeast(int least, String optimizer, String option, int value) {
        require(value >= least, optimizer, option, value, "a whole number of " + least + " or more");
    }

    static void require(boolean right, String optimizer, String option, Object value, String wanted) {
        if (!right) throw new IllegalArgumentException(optimizer + ": " + option + " is " + value + "; give " + wanted);
    }
}
