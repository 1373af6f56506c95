package keel.array;

/// One axis of a sum over windows: output `o < count` reads for tap `t` the input `o·step + offset[t]`, zero where that is not
/// in `0 … extent−1`.
///
/// The inputs are dealt to `step` *phases*, of which each tap reads one: there neighbouring outputs read neighbouring elements,
/// whatever the step.
record Taps(int count, int step, int extent, int... offset) {
    /// Of the outputs of a convolution: `o·stride + t·dilation − before`.
    static Taps ofOutputs(int out, int stride, int in, int kernel, int dilation, int before) {
        var offset = new int[kernel];
        for (int t = 0; t < kernel; t++) {
            offset[t] = t * dilation - before;
        }
        return new Taps(out, stride, in, offset);
    }

    /// The lowest input of output 0; it may be negative.
    int lowest() {
        int y = Integer.MAX_VALUE;
        for (int o : offset) {
            y = Math.min(y, o);
        }
        return y;
    }

    int phase(int tap) { return (offset[tap] - lowest()) % step; }

    /// Elements between what output 0 reads for this tap and the start of the tap's phase.
    int shift(int tap) { return (offset[tap] - lowest()) / step; }

    /// Phases that some tap reads: they are the first ones, counted without gaps.
    boolean[] usedPhases() {
        var y = new boolean[step];
        for (int t = 0; t < offset.length; t++) {
            y[phase(t)] = true;
        }
        return y;
    }

    /// Elements of a phase.
    int length() {
        int most = 0;
        for (int t = 0; t < offset.length; t++) {
            most = Math.max(most, shift(t));
        }
        return count + most;
    }

    /// Whether every tap of every output reads an element in place: nothing to pad, nothing to deal.
    boolean isDirect() { return step == 1 && lowest() >= 0 && lowest() + length() <= extent; }
}
