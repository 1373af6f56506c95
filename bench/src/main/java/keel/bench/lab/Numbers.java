package keel.bench.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import keel.kernel.Backend;
import keel.nn.report.Json;

/// The results as JSON, every number in full. What depends on the machine (times, threads, kernels) is a file of its own, so that
/// the rest is the same bytes for the same setup on every machine.
final class Numbers {
    private Numbers() {}

    static String of(Results results) {
        var runs = new LinkedHashMap<String, Object>();
        for (var run : results.runs()) runs.put(run.experiment().name(), run(run, results));
        var all = new LinkedHashMap<String, Object>();
        all.put("setup", setup(results.setup()));
        all.put("experiments", runs);
        return Json.write(all);
    }

    static String timings(List<Lab.Timed> runs, double seconds, int threads) {
        var each = new LinkedHashMap<String, Object>();
        for (var run : runs) each.put(run.result().experiment().name(), run.seconds());
        var all = new LinkedHashMap<String, Object>();
        all.put("java", Runtime.version().toString());
        all.put("kernels", Backend.describe());
        all.put("threads", threads);
        all.put("seconds", seconds);
        all.put("experiments", each);
        return Json.write(all);
    }

    private static Map<String, Object> setup(Setup setup) {
        var map = new LinkedHashMap<String, Object>();
        map.put("depth", setup.depth());
        map.put("width", setup.width());
        map.put("steps", setup.steps());
        map.put("batch", setup.batch());
        map.put("seed", setup.seed());
        return map;
    }

    private static Map<String, Object> run(Result run, Results all) {
        var map = new LinkedHashMap<String, Object>();
        map.put("title", run.experiment().title());
        map.put("parts", run.experiment().parts().names());
        map.put("outcome", run.outcome().label);
        map.put("trainAccuracy", run.trainAccuracy());
        map.put("testAccuracy", run.testAccuracy());
        map.put("firstLoss", run.firstLoss());
        map.put("lastLoss", run.lastLoss());
        map.put("clippedShare", run.clipped());
        map.put("brokenLoss", breakdown(run.brokenLoss()));
        map.put("brokenGradient", breakdown(run.brokenGradient()));
        var judgement = new LinkedHashMap<String, Object>();
        judgement.put("cause", run.judgement().cause());
        judgement.put("finding", run.judgement().finding());
        judgement.put("fix", run.judgement().fix());
        map.put("judgement", judgement);
        map.put("guide", guide(run, all));
        map.put("start", readings(run.start()));
        map.put("end", readings(run.end()));
        map.put("losses", run.losses());
        map.put("gradientNorms", run.gradientNorms());
        return map;
    }

    private static Map<String, Object> breakdown(Breakdown b) {
        if (b == null) return null;
        var map = new LinkedHashMap<String, Object>();
        map.put("step", b.step());
        map.put("stage", b.stage());
        map.put("how", b.how());
        return map;
    }

    private static List<Object> guide(Result run, Results all) {
        var list = new ArrayList<Object>();
        for (var answer : Guide.about(run, all)) {
            var map = new LinkedHashMap<String, Object>();
            map.put("says", answer.quote());
            map.put("measured", answer.measured());
            map.put("holds", answer.holds());
            list.add(map);
        }
        return list;
    }

    private static Map<String, Object> readings(Readings readings) {
        var map = new LinkedHashMap<String, Object>();
        map.put("stages", readings.stages().stream().map(Reading::stage).toList());
        map.put("std", readings.all(Reading::std));
        map.put("rms", readings.all(Reading::rms));
        map.put("activationGradient", readings.all(Reading::activationGradient));
        map.put("weightGradient", readings.all(Reading::weightGradient));
        map.put("zeros", readings.all(Reading::zeros));
        map.put("units", ints(readings, Reading::units));
        map.put("dead", ints(readings, Reading::dead));
        map.put("rowDifference", readings.all(Reading::rowDifference));
        map.put("rank", ints(readings, Reading::rank));
        var guide = new LinkedHashMap<String, Object>();
        guide.put("ratio", readings.guide().ratio());
        guide.put("vanishing", readings.guide().vanishing());
        guide.put("exploding", readings.guide().exploding());
        map.put("guideCheck", guide);
        map.put("doctor", readings.doctor().findings().stream().map(Object::toString).toList());
        return map;
    }

    private static List<Integer> ints(Readings readings, ToDoubleFunction<Reading> quantity) {
        return readings.stages().stream().map(r -> (int) quantity.applyAsDouble(r)).toList();
    }
}
