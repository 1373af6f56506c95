package keel.tests.conformance;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keel.nn.io.FileFormatException;
import keel.nn.io.Safetensors;
import keel.nn.io.StoredType;

/// Hostile files: accepted or refused as the reference does, with little memory and in little time.
final class HostileCases {
    private static final Map<String, StoredType> TYPES = Map.ofEntries(Map.entry("bool", StoredType.BOOL),
        Map.entry("uint8", StoredType.U8), Map.entry("int8", StoredType.I8), Map.entry("int16", StoredType.I16),
        Map.entry("uint16", StoredType.U16), Map.entry("float16", StoredType.F16), Map.entry("bfloat16", StoredType.BF16),
        Map.entry("int32", StoredType.I32), Map.entry("uint32", StoredType.U32), Map.entry("float32", StoredType.F32),
        Map.entry("complex64", StoredType.C64), Map.entry("float64", StoredType.F64), Map.entry("int64", StoredType.I64),
        Map.entry("uint64", StoredType.U64));
    private static final long LONGEST = 1_000_000_000; // nanoseconds of this thread, whatever else the machine does

    private HostileCases() {}

    /// Null, or what is wrong.
    static String judge(Case c) {
        if (!c.op().equals("safetensors.load")) throw new Unsupported("no reader " + c.op());
        var bytes = c.suite().bytes((String) c.kwargs().get("file"));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long began = threads.getCurrentThreadCpuTime();
        var wrong = c.expectsError() ? accepted(bytes) : differences(c, Safetensors.parse(bytes));
        long taken = threads.getCurrentThreadCpuTime() - began;
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (wrong != null) return wrong;
        if (allocated > bytes.length + c.number("max_extra_heap_bytes")) return allocated + " bytes for " + bytes.length;
        return taken > LONGEST ? taken + " nanoseconds" : null;
    }

    private static String accepted(byte[] bytes) {
        try {
            return "accepted: " + Safetensors.parse(bytes);
        } catch (FileFormatException _) {
            return null;
        }
    }

    private static String differences(Case c, Safetensors file) {
        if (!(c.line().get("tensors") instanceof Map<?, ?> tensors)
            || tensors.isEmpty()) return null; // accepted is all there is to know
        var want = new LinkedHashMap<String, String>();
        tensors.forEach((name, t) -> want.put((String) name, TYPES.get(((List<?>) t).getFirst()) + " "
            + ((List<?>) ((List<?>) t).getLast()).stream().map(e -> ((Double) e).longValue()).toList()));
        var got = new LinkedHashMap<String, String>();
        file.names().forEach(name -> got.put(name, file.type(name) + " " + Arrays.stream(file.shape(name).extents()).boxed()
            .toList()));
        return want.equals(got) ? null : got + ", expected " + want;
    }
}
