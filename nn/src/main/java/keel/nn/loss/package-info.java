/// What training minimizes. [keel.nn.loss.Loss] has every loss with its defaults; the record of the same name has its
/// options, and a [keel.nn.loss.Reduction].
package keel.nn.loss;
