/// Values without history: shapes, element types and dense row-major arrays.
package keel.array;
