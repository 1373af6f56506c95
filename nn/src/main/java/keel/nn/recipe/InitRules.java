package keel.nn.recipe;

import java.util.Locale;
import keel.nn.init.Gain;
import keel.nn.init.Init;
import keel.nn.layer.Activation;

/// Which start for which activation.
final class InitRules {
    private static final String HE = "He et al. 2015, arXiv:1502.01852, eq. 10";
    private static final String XAVIER = "Glorot and Bengio 2010, eq. 12 and 16";

    private InitRules() {}

    static Advice<Init> of(Activation activation) {
        var name = activation.name();
        var kind = name.contains("(") ? name.substring(0, name.indexOf('(')) : name;
        return switch (kind) {
            case "relu" -> new Advice<>("Init.heNormal()", Init.heNormal(),
                "relu takes half of the second moment away, the factor 2 of He's variance 2/fanIn gives it back", HE);
            case "leakyRelu" -> he(activation,
                "it takes nearly half of the second moment away, He's variance 2/((1 + slope²)·fanIn) gives it back");
            case "tanh" -> new Advice<>("Init.xavierNormal(5/3)", Init.xavierNormal(Gain.tanh()),
                "tanh is nearly linear around 0, where Xavier's rule holds; 5/3 makes up for what it takes away further out",
                    XAVIER);
            case "sigmoid" -> new Advice<>("Init.xavierNormal()", Init.xavierNormal(),
                "the rule for activations that are linear around 0, but sigmoid's slope there is ¼: no start keeps the "
                    + "gradient of a deep "
                    + "stack; replace it, or add Residual.preNorm", XAVIER);
            case "selu" -> new Advice<>("Init.lecunNormal()", Init.lecunNormal(),
                "selu drives mean and variance to 0 and 1 by itself if weights have the variance 1/fanIn",
                "Klambauer et al. 2017, arXiv:1706.02515");
            default -> he(activation, "it lets " + number(1 / activation.gain())
                + " of a normal input's root mean square through, and He's √2 is made for relu; it holds for a signal of size "
                    + "1, so a deep stack wants "
                + "a norm too");
        };
    }

    private static Advice<Init> he(Activation activation, String reason) {
        double gain = activation.gain();
        return new Advice<>("Init.heNormal(" + number(gain) + ")", Init.heNormal(gain), reason,
            HE + "; the gain by quadrature, Activation.gain()");
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.4f", x);
    }
}
