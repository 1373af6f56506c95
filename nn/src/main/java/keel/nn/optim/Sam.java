package keel.nn.optim;

/// Sharpness-aware minimization: the gradient of the worst point near by moves the parameters, so that they end where the loss
/// is flat all around. It takes two gradients a step.
///
/// ```
/// ê = rho·g/‖g‖                        (adaptive: rho·p²g/‖p·g‖, the same for every scale of the parameters)
/// p ← base's step along ∂loss/∂p at p + ê
/// ```
/// Norms go over all parameters. Foret et al. 2020, arXiv:2010.01412, eq. 2 and algorithm 1; adaptive: Kwon et al. 2021,
/// arXiv:2102.11600.
///
/// @param rho      how far the worst point is; ≥ 0, 0.05 by default, adaptive 0.5 to 2
/// @param adaptive whether distance counts in units of each parameter
public record Sam(double rho, boolean adaptive) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Sam {
        Check.notNegative("Sam", "rho", rho);
    }

    /// The paper's defaults: rho 0.05, not adaptive.
    public static Sam defaults() {
        return new Sam(0.05, false);
    }

    /// With the worst point that far.
    public Sam rho(double rho) {
        return new Sam(rho, adaptive);
    }

    /// Distance in units of each parameter, or the same for all.
    public Sam adaptive(boolean adaptive) {
        return new Sam(rho, adaptive);
    }

    /// An optimizer that lets `base` step along the gradients of the worst point. Throws [IllegalArgumentException] if `base`
    /// computes the loss itself.
    public SharpnessAware around(Optimizer base) {
        return new SharpnessAware(this, Base.joinable("Sam.around", base));
    }
}
