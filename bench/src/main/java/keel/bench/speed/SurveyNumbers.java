package keel.bench.speed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import keel.nn.report.Json;

/// A [Survey] as JSON.
final class SurveyNumbers {
    private SurveyNumbers() {}

    static String of(Survey survey) {
        var all = new LinkedHashMap<String, Object>();
        all.put("machine", survey.machine());
        all.put("threads", survey.threads());
        all.put("peakGflops", survey.peak());
        all.put("bandwidthBytes", Survey.SIZES);
        var bandwidths = new LinkedHashMap<String, Object>();
        survey.bandwidths().forEach((traffic, rates) -> bandwidths.put(traffic.name().toLowerCase(Locale.ROOT), rates));
        all.put("bandwidthGigabytes", bandwidths);
        var kernels = new ArrayList<Map<String, Object>>();
        for (var r : survey.readings()) {
            var kernel = new LinkedHashMap<String, Object>();
            kernel.put("family", r.work().family().label);
            kernel.put("name", r.work().name());
            kernel.put("flops", r.work().flops());
            kernel.put("bytes", r.work().bytes());
            kernel.put("nanoseconds", r.nanos());
            kernel.put("gflops", r.gflops());
            kernel.put("gigabytes", r.gigabytes());
            kernel.put("peakGflops", r.peak());
            kernel.put("bandwidthGigabytes", r.bandwidth());
            kernel.put("limit", r.limit());
            kernel.put("reached", r.fraction());
            kernel.put("allocatedBytes", r.allocated());
            kernels.add(kernel);
        }
        all.put("kernels", kernels);
        return Json.write(all);
    }
}
