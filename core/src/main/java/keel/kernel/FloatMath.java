package keel.kernel;

/// Functions of one float for the plain float kernels: [DoubleMath] rounded once.
public final class FloatMath {
    private FloatMath() {}

    /// See [DoubleMath#exp].
    public static float exp(float x) {
        return (float) DoubleMath.exp(x);
    }

    /// See [DoubleMath#expm1].
    public static float expm1(float x) {
        return (float) DoubleMath.expm1(x);
    }

    /// See [DoubleMath#log].
    public static float log(float x) {
        return (float) DoubleMath.log(x);
    }

    /// See [DoubleMath#log1p].
    public static float log1p(float x) {
        return (float) DoubleMath.log1p(x);
    }

    /// See [DoubleMath#sin].
    public static float sin(float x) {
        return (float) DoubleMath.sin(x);
    }

    /// See [DoubleMath#cos].
    public static float cos(float x) {
        return (float) DoubleMath.cos(x);
    }

    /// See [DoubleMath#tanh].
    public static float tanh(float x) {
        return (float) DoubleMath.tanh(x);
    }

    /// See [DoubleMath#sigmoid].
    public static float sigmoid(float x) {
        return (float) DoubleMath.sigmoid(x);
    }

    /// See [DoubleMath#silu].
    public static float silu(float x) {
        return (float) DoubleMath.silu(x);
    }

    /// See [DoubleMath#siluGrad].
    public static float siluGrad(float x) {
        return (float) DoubleMath.siluGrad(x);
    }

    /// See [DoubleMath#softplus].
    public static float softplus(float x) {
        return (float) DoubleMath.softplus(x);
    }

    /// See [DoubleMath#erf].
    public static float erf(float x) {
        return (float) DoubleMath.erf(x);
    }

    /// See [DoubleMath#erfc].
    public static float erfc(float x) {
        return (float) DoubleMath.erfc(x);
    }

    /// See [DoubleMath#gelu].
    public static float gelu(float x) {
        return (float) DoubleMath.gelu(x);
    }

    /// See [DoubleMath#geluGrad].
    public static float geluGrad(float x) {
        return (float) DoubleMath.geluGrad(x);
    }

    /// See [DoubleMath#geluTanh].
    public static float geluTanh(float x) {
        return (float) DoubleMath.geluTanh(x);
    }

    /// See [DoubleMath#geluTanhGrad].
    public static float geluTanhGrad(float x) {
        return (float) DoubleMath.geluTanhGrad(x);
    }

    /// See [DoubleMath#pow].
    public static float pow(float x, float z) {
        return (float) DoubleMath.pow(x, z);
    }
}
