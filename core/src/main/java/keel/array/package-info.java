/// Dense arrays without history: types, shapes and everything that is computed on them.
package keel.array;
