package keel.array;

/// How values that meet at one place become one.
public enum Combine {
    /// their sum
    SUM,
    /// their mean
    MEAN,
    /// their product
    PROD,
    /// the largest, NaN if there is one
    MAX,
    /// the smallest, NaN if there is one
    MIN
}
