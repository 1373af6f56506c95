/// Where the commands leave their reports.
package keel.bench.out;
