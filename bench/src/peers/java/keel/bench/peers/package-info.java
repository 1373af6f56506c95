/// Matrix products of other libraries for the JVM, built with the Maven profile `peers` only.
package keel.bench.peers;
