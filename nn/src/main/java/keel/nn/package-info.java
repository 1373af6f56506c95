/// Neural networks that train stably: layers, how they start, how they learn, and whether they are healthy, each in a package
/// below.
package keel.nn;
