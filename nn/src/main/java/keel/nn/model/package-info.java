/// Whole models, each under a hundred lines of public parts: perceptrons, residual nets, sequence classifiers.
package keel.nn.model;
