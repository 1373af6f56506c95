/// The stability lab: deep networks that break, their mends, and what the instruments saw.
package keel.bench.lab;
