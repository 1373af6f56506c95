/// What every layer shares: the layer itself, a pass through it, its parameters and its state.
package keel.nn;
