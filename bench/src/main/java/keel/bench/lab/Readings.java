package keel.bench.lab;

import java.util.List;
import java.util.function.ToDoubleFunction;
import keel.nn.health.Diagnosis;

/// One reading of every stage, in order, and the doctor's examination of the same digits.
public record Readings(List<Reading> stages, Diagnosis doctor) {
    /// Copies the list.
    public Readings {
        stages = List.copyOf(stages);
    }

    Reading first() {
        return stages.getFirst();
    }

    /// The last stage before the one that names the classes.
    Reading lastHidden() {
        return stages.get(stages.size() - 2);
    }

    Reading last() {
        return stages.getLast();
    }

    /// Stage `number`, counted from 1; the last hidden one if there are not so many.
    Reading at(int number) {
        return stages.get(Math.min(number, stages.size() - 1) - 1);
    }

    List<Reading> hidden() {
        return stages.subList(0, stages.size() - 1);
    }

    /// What a quantity is multiplied by on its way forward through the hidden stages.
    double forward(ToDoubleFunction<Reading> quantity) {
        return quantity.applyAsDouble(lastHidden()) / quantity.applyAsDouble(first());
    }

    /// What a quantity is multiplied by on its way back.
    double backward(ToDoubleFunction<Reading> quantity) {
        return quantity.applyAsDouble(first()) / quantity.applyAsDouble(lastHidden());
    }

    /// The factor of one stage, where all stages together have this one.
    double perStage(double factor) {
        return StrictMath.pow(factor, 1.0 / (stages.size() - 2));
    }

    double[] all(ToDoubleFunction<Reading> quantity) {
        return stages.stream().mapToDouble(quantity).toArray();
    }

    GuideCheck guide() {
        return GuideCheck.of(doctor.gradients());
    }

    int units() {
        return stages.stream().mapToInt(Reading::units).sum();
    }

    int dead() {
        return stages.stream().mapToInt(Reading::dead).sum();
    }
}
