/// Whole models, each under a hundred lines of public parts: perceptrons, residual nets, sequence classifiers, transformer
/// encoders, a small GPT.
package keel.nn.model;
