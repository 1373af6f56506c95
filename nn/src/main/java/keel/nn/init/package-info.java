/// How parameters start: normal and uniform of a chosen variance, orthogonal, identities, sparse; and what depth and width
/// ask for.
///
/// - variance: Xavier, He, LeCun, [keel.nn.init.Init#varianceScaling], with a [keel.nn.init.Gain] for the activation
/// - directions: orthogonal, delta-orthogonal, identity, dirac, ZerO
/// - depth and width: [keel.nn.init.DepthScale] (Fixup, T-Fixup, DeepNorm, 1/√(2L)), [keel.nn.init.MuP]
///
/// From data, or for a whole model: `Lsuv` and `ByType` of `keel.nn.layer`.
package keel.nn.init;
