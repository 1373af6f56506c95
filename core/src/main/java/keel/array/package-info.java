/// Dense arrays without history: types, shapes and everything that is computed on them.
///
/// No argument may be null unless its description says so. What does not fit is refused with an `IllegalArgumentException` of one
/// line before anything is computed or modified.
package keel.array;
