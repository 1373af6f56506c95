/// Loops over primitive arrays: plain Java, which is the specification, and SIMD, which gives the same bits.
package keel.kernel;
