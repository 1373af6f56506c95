package keel.nn.layer;

/// The constants of self-normalizing networks (Klambauer et al. 2017, arXiv:1706.02515, eq. 14): the fixed point of mean 0 and
/// variance 1.
final class Selu {
    static final double ALPHA = 1.6732632423543772848170429916717;
    static final double SCALE = 1.0507009873554804934193349852946;

    private Selu() {}
}
