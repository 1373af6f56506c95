/// What training minimizes.
package keel.nn.loss;
