package keel.nn.schedule;

/// A schedule that knows its length and says what it is.
record Named(String name, int length, Schedule rates) implements Schedule {
    @Override
    public double at(int step) {
        Curves.requireStep(step);
        return rates.at(step);
    }

    @Override
    public String toString() {
        return name;
    }
}
