package keel.bench.speed;

import keel.bench.work.Work;

/// What was measured of a work; each number is the median of the rounds.
///
/// @param work      what was called, [released][Work#released]
/// @param nanos     of one call
/// @param peak      of multiply-adds in registers, measured within the same rounds, in 10⁹ operations a second
/// @param bandwidth of a loop that only moves memory, of the work's traffic and footprint, in the same rounds, in 10⁹ bytes a
/// second
/// @param fraction  of the least time that peak and bandwidth allow ([Work#leastNanos]) by the time taken
/// @param allocated bytes a call allocates
public record Reading(Work work, double nanos, double peak, double bandwidth, double fraction, double allocated) {
    /// 10⁹ floating-point operations a second.
    public double gflops() {
        return work.flops() / nanos;
    }

    /// 10⁹ bytes a second, each operand counted once.
    public double gigabytes() {
        return work.bytes() / nanos;
    }

    /// What the work is limited by, as a word.
    public String limit() {
        return work.isArithmetic(peak, bandwidth) ? "peak" : "memory";
    }
}
