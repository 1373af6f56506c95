package keel.kernel;

/// Loops of functions that have no vector form: a call an element, in double, rounded once. [StrictMath] gives the same bits on
/// every machine.
final class FloatCalls {
    private FloatCalls() {}

    static void unary(Unary f, float[] x, int xo, float[] y, int yo, int n) {
        switch (f) {
            case EXP2 -> exp2(x, xo, y, yo, n);
            case LOG2 -> log2(x, xo, y, yo, n);
            case LOG10 -> log10(x, xo, y, yo, n);
            case TAN -> tan(x, xo, y, yo, n);
            case ASIN -> asin(x, xo, y, yo, n);
            case ACOS -> acos(x, xo, y, yo, n);
            case ATAN -> atan(x, xo, y, yo, n);
            case SINH -> sinh(x, xo, y, yo, n);
            case COSH -> cosh(x, xo, y, yo, n);
            case ASINH -> asinh(x, xo, y, yo, n);
            case ACOSH -> acosh(x, xo, y, yo, n);
            case ATANH -> atanh(x, xo, y, yo, n);
            case ERFC -> erfc(x, xo, y, yo, n);
            case FLOOR -> floor(x, xo, y, yo, n);
            case CEIL -> ceil(x, xo, y, yo, n);
            case ROUND -> round(x, xo, y, yo, n);
            case TRUNC -> trunc(x, xo, y, yo, n);
            default -> throw new AssertionError(f);
        }
    }

    static void binary(Binary f, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        switch (f) {
            case ATAN2 -> atan2(x, xo, z, zo, y, yo, n);
            case HYPOT -> hypot(x, xo, z, zo, y, yo, n);
            case FMOD -> fmod(x, xo, z, zo, y, yo, n);
            case REMAINDER -> remainder(x, xo, z, zo, y, yo, n);
            case FLOOR_DIVIDE -> floorDivide(x, xo, z, zo, y, yo, n);
            case COPY_SIGN -> copySign(x, xo, z, zo, y, yo, n);
            case LOG_ADD_EXP -> logAddExp(x, xo, z, zo, y, yo, n);
            default -> throw new AssertionError(f);
        }
    }

    static void exp2(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.exp2(x[xo + i]);
    }

    private static void log2(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.log2(x[xo + i]);
    }

    private static void log10(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.log10(x[xo + i]);
    }

    static void tan(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.tan(x[xo + i]);
    }

    static void asin(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.asin(x[xo + i]);
    }

    static void acos(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.acos(x[xo + i]);
    }

    static void atan(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.atan(x[xo + i]);
    }

    static void sinh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.sinh(x[xo + i]);
    }

    static void cosh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.cosh(x[xo + i]);
    }

    static void asinh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.asinh(x[xo + i]);
    }

    static void acosh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.acosh(x[xo + i]);
    }

    static void atanh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.atanh(x[xo + i]);
    }

    static void erfc(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.erfc(x[xo + i]);
    }

    static void floor(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (float) Math.floor(x[xo + i]);
    }

    static void ceil(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (float) Math.ceil(x[xo + i]);
    }

    static void round(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (float) Math.rint(x[xo + i]);
    }

    static void trunc(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (float) Special.trunc(x[xo + i]);
    }

    static void atan2(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.atan2(x[xo + i], z[zo + i]);
    }

    static void hypot(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.hypot(x[xo + i], z[zo + i]);
    }

    static void fmod(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (float) Special.fmod(x[xo + i], z[zo + i]);
    }

    static void remainder(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.remainder(x[xo + i], z[zo + i]);
    }

    static void floorDivide(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (float) Special.floorDivide(x[xo + i], z[zo + i]);
    }

    static void copySign(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.copySign(x[xo + i], z[zo + i]);
    }

    static void logAddExp(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.logAddExp(x[xo + i], z[zo + i]);
    }
}
