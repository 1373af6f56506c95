package keel.kernel;

/// Which kernels run: chosen once, when the class loads.
public final class Backend {
    private Backend() {}

    private static final Kernels<float[]> F32 = new FloatKernels();
    private static final Kernels<double[]> F64 = new DoubleKernels();

    /// The loops for `float[]`.
    public static Kernels<float[]> f32() {
        return F32;
    }

    /// The loops for `double[]`.
    public static Kernels<double[]> f64() {
        return F64;
    }
}
