package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import keel.kernel.Binary;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Reduce;
import keel.kernel.SelfTest;
import keel.kernel.Unary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The self-test at the start finds faults that were planted, and none that were not.
class SelfTestTest {
    /// The output of a kernel, by its place among the arguments; −1 where it returns its result.
    private record Fault(String method, Object first, int output) {}

    private enum Planted {
        FUNCTION("EXP", new Fault("unary", Unary.EXP, 4)),
        DERIVATIVE("SILU_GRAD", new Fault("binary", Binary.SILU_GRAD, 6)),
        SUM("SUM", new Fault("reduce", Reduce.SUM, 5)),
        SOFTMAX("softmax", new Fault("softmax", false, 3)),
        PRODUCT("matmul NT", new Fault("matmul", Form.NT, 8)),
        DOT("dot", new Fault("dot", null, -1)),
        STEP("adam", new Fault("adam", null, 0));

        private final String name;
        private final Fault fault;

        Planted(String name, Fault fault) {
            this.name = name;
            this.fault = fault;
        }
    }

    @Test
    void theKernelsOfThisMachineAreRight() {
        KernelType.all().forEach(SelfTestTest::assertRight);
    }

    private static <A> void assertRight(KernelType<A> type) {
        assertNull(SelfTest.firstDifference(type.used(), type.plain(), 0));
    }

    @ParameterizedTest
    @EnumSource
    void aFaultInTheLastBitIsFoundAndNamed(Planted planted) {
        assertEquals(planted.name, SelfTest.firstDifference(faulty(KernelType.F32.plain(), planted.fault, 0),
            KernelType.F32.plain(), 0));
    }

    /// As after compilation: the first rounds are right.
    @Test
    void aFaultThatAppearsLaterIsFoundInLaterRounds() {
        var plain = KernelType.F32.plain();
        var later = faulty(plain, Planted.FUNCTION.fault, 2);
        assertNull(SelfTest.firstDifference(later, plain, 0));
        assertEquals("EXP", SelfTest.firstDifference(later, plain, 0));
    }

    /// The kernels with one bit flipped in what this one computes, from call `after` on.
    @SuppressWarnings("unchecked")
    private static Kernels<float[]> faulty(Kernels<float[]> right, Fault fault, int after) {
        int[] calls = {0};
        return (Kernels<float[]>) Proxy.newProxyInstance(SelfTestTest.class.getClassLoader(), new Class<?>[] {Kernels.class},
            (_, method, args) -> {
            Object result;
            try {
                result = method.invoke(right, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            boolean it = method.getName().equals(fault.method) && (fault.first == null
                || Arrays.asList(args).contains(fault.first));
            if (!it || calls[0]++ < after) return result;
            if (fault.output < 0) return (double) Math.nextUp((float) (double) result);
            var y = (float[]) args[fault.output];
            y[0] = Math.nextUp(y[0]);
            return result;
        });
    }
}
