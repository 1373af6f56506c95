/// Layers for images, sequences and volumes: convolutions and their transposes, pools, padding, resampling.
///
/// Names, defaults, weight layout and formulas are PyTorch's. Inputs are `(n, channels, …)`, or one image without `n`.
package keel.nn.conv;
