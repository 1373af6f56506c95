package keel.bench.work;

/// One call of a kernel on data of its own, and what it has to do at the least.
///
/// @param family    the kernels it is one of; null for a whole training step
/// @param name      unique in its family: the function and the size
/// @param flops     floating-point operations of a call as the plain kernel writes them, a multiply-add being two; choosing
///                  between two values and moving bits are none
/// @param bytes     what a call reads and writes if every operand is moved once
/// @param footprint bytes that all operands take together
/// @param traffic   how they are moved
/// @param allowed   bytes that a call may allocate once it is compiled: none where it writes into arrays it was given
/// @param call      one call
public record Work(
    Family family, String name, double flops, double bytes, double footprint, Traffic traffic, double allowed, Runnable call) {
    /// Throws [IllegalArgumentException] unless there is something to move, and nothing negative to do.
    public Work {
        if (!(flops >= 0 && bytes > 0 && footprint > 0)) {
            throw new IllegalArgumentException("Work: " + name + " of " + flops + " operations, " + bytes + " bytes in "
                + footprint
                + "; give numbers above 0");
        }
    }

    /// The same without its call, for who keeps what was measured: arrays of all works at once would be gigabytes alive, and a
    /// heap that grows all the time slows down whatever makes its result.
    public Work released() {
        return new Work(family, name, flops, bytes, footprint, traffic, allowed, () -> {
            throw new IllegalStateException("Work: " + name + " was measured, and its arrays let go; make it anew");
        });
    }

    /// Operations a byte moved.
    public double intensity() {
        return flops / bytes;
    }

    /// What a machine of this peak (10⁹ operations a second) and bandwidth (10⁹ bytes a second) needs at the least, in
    /// nanoseconds: the roofline model of Williams, Waterman and Patterson 2009, doi:10.1145/1498765.1498785.
    public double leastNanos(double peak, double bandwidth) {
        return Math.max(flops / peak, bytes / bandwidth);
    }

    /// Whether the least time is that of the arithmetic, not that of memory.
    public boolean isArithmetic(double peak, double bandwidth) {
        return flops / peak >= bytes / bandwidth;
    }
}
