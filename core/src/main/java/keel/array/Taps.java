package keel.array;

/// One axis of a sum over windows: output `o < count` reads for tap `t` the input `o·step + offset[t]`, zero where that is not
/// in `0 … extent − 1`.
///
/// The inputs are dealt to `step` *phases*, of which each tap reads one: there neighbouring outputs read neighbouring elements,
/// whatever the step.
final class Taps {
    final int count;
    final int step;
    final int extent;
    /// Number of taps.
    final int size;
    /// The lowest input of output 0; it may be negative.
    final int lowest;
    /// Elements of a phase.
    final int length;
    /// The phase that each tap reads.
    final int[] phase;
    /// Elements between what output 0 reads for each tap and the start of the tap's phase.
    final int[] shift;
    /// Phases that some tap reads.
    final boolean[] used;

    Taps(int count, int step, int extent, int... offset) {
        this.count = count;
        this.step = step;
        this.extent = extent;
        size = offset.length;
        phase = new int[size];
        shift = new int[size];
        used = new boolean[step];
        int low = Integer.MAX_VALUE;
        for (int o : offset) {
            low = Math.min(low, o);
        }
        int most = 0;
        for (int t = 0; t < size; t++) {
            phase[t] = (offset[t] - low) % step;
            shift[t] = (offset[t] - low) / step;
            used[phase[t]] = true;
            most = Math.max(most, shift[t]);
        }
        lowest = low;
        length = count + most;
    }

    /// Of the outputs of a convolution: `o·stride + t·dilation − before`.
    static Taps ofOutputs(int out, int stride, int in, int kernel, int dilation, int before) {
        var offset = new int[kernel];
        for (int t = 0; t < kernel; t++) {
            offset[t] = t * dilation - before;
        }
        return new Taps(out, stride, in, offset);
    }

    /// The first element of a phase that is an input, not padding.
    int firstInput(int phase) {
        int first = lowest + phase;
        return first >= 0 ? 0 : (-first + step - 1) / step;
    }

    /// How many elements of a phase are inputs.
    int inputs(int phase) {
        int first = lowest + phase;
        int end = first >= extent ? 0 : Math.min(length, (extent - 1 - first) / step + 1);
        return Math.max(0, end - firstInput(phase));
    }

    /// Used phases before `end`.
    int usedBefore(int end) {
        int n = 0;
        for (int i = 0; i < end; i++) {
            n += used[i] ? 1 : 0;
        }
        return n;
    }

    /// Whether every tap of every output reads an element in place: nothing to pad, nothing to deal.
    boolean isDirect() { return step == 1 && lowest >= 0 && lowest + length <= extent; }
}
