/// The studies of speed: rounds that compare like with like, in one run.
package keel.bench.speed;
