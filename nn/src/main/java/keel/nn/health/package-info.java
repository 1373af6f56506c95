/// Instruments that show whether a run is healthy, and where it broke.
package keel.nn.health;
