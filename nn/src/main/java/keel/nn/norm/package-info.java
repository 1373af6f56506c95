/// Normalization, and what stands for it.
///
/// - over a sample: [keel.nn.norm.LayerNorm], [keel.nn.norm.RMSNorm], [keel.nn.norm.ScaleNorm], [keel.nn.norm.GroupNorm],
/// [keel.nn.norm.InstanceNorm], [keel.nn.norm.LocalResponseNorm], [keel.nn.norm.GlobalResponseNorm]
/// - over a batch: [keel.nn.norm.BatchNorm], [keel.nn.norm.GhostBatchNorm], [keel.nn.norm.BatchRenorm]
/// - of weights: [keel.nn.norm.WeightNorm], [keel.nn.norm.SpectralNorm], [keel.nn.norm.WeightStandardized],
/// [keel.nn.norm.MaxNorm]
/// - with or instead of an activation: [keel.nn.norm.FilterResponseNorm], [keel.nn.norm.EvoNorm], [keel.nn.norm.DyT]
/// - of queries and keys: [keel.nn.norm.QkNorm]
package keel.nn.norm;
