/// The command line: the stability lab and the benchmarks.
package keel.bench;
