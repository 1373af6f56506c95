// Generated from FloatCalls.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// Loops of functions that have no vector form: a call an element, in double, rounded once. [StrictMath] gives the same bits on
/// every machine.
final class DoubleCalls {
    private DoubleCalls() {}

    static void unary(Unary f, double[] x, int xo, double[] y, int yo, int n) {
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

    static void binary(Binary f, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
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

    static void exp2(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.exp2(x[xo + i]);
    }

    private static void log2(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.log2(x[xo + i]);
    }

    private static void log10(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.log10(x[xo + i]);
    }

    static void tan(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.tan(x[xo + i]);
    }

    static void asin(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.asin(x[xo + i]);
    }

    static void acos(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.acos(x[xo + i]);
    }

    static void atan(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.atan(x[xo + i]);
    }

    static void sinh(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.sinh(x[xo + i]);
    }

    static void cosh(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.cosh(x[xo + i]);
    }

    static void asinh(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.asinh(x[xo + i]);
    }

    static void acosh(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.acosh(x[xo + i]);
    }

    static void atanh(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.atanh(x[xo + i]);
    }

    static void erfc(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.erfc(x[xo + i]);
    }

    static void floor(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.floor(x[xo + i]);
    }

    static void ceil(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.ceil(x[xo + i]);
    }

    static void round(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.rint(x[xo + i]);
    }

    static void trunc(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Special.trunc(x[xo + i]);
    }

    static void atan2(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.atan2(x[xo + i], z[zo + i]);
    }

    static void hypot(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.hypot(x[xo + i], z[zo + i]);
    }

    static void fmod(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Special.fmod(x[xo + i], z[zo + i]);
    }

    static void remainder(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.remainder(x[xo + i], z[zo + i]);
    }

    static void floorDivide(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Special.floorDivide(x[xo + i], z[zo + i]);
    }

    static void copySign(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.copySign(x[xo + i], z[zo + i]);
    }

    static void logAddExp(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.logAddExp(x[xo + i], z[zo + i]);
    }
}
