/// Shortcuts around layers: [keel.nn.residual.Residual] (plain, pre-, post- and sandwich norm, ReZero, SkipInit, LayerScale,
/// Fixup, scaled, stochastic depth), [keel.nn.residual.DeepNorm], [keel.nn.residual.ProjectedResidual],
/// [keel.nn.residual.Highway], [keel.nn.residual.DenseUnit].
package keel.nn.residual;
