/// Optimizers: from gradients to parameter steps. Each is a record of options that makes an [keel.nn.optim.Optimizer] over
/// parameters; [keel.nn.optim.Optimizer#groups] makes one of several.
///
/// | to | take |
/// |---|---|
/// | begin | `AdamW`, with a warmup; `SGD` with momentum for convolutional nets |
/// | need fewer steps | `Muon` for the matrices of hidden layers, `AdamW` for everything else |
/// | remember less | `Lion` (half of AdamW), `Adafactor` (a row and a column of a matrix) |
/// | use very large batches | `Lamb`, `Lars` |
/// | do without a schedule, or a rate | `ScheduleFreeAdamW`, `Prodigy` |
/// | end in a flat minimum | `Sam` around any of them |
/// | evaluate with less noise | `Ema` and `Swa` of the weights, `Lookahead` around any of them |
/// | solve a small problem exactly | `LBFGS` |
package keel.nn.optim;
