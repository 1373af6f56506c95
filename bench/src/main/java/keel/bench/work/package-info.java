/// What is measured: single calls of kernels on data of their own, and what each of them has to do.
package keel.bench.work;
