/// Cases computed by another library, run through Keel's public API: values, gradients, types and errors.
/// [keel.tests.conformance.Suite] reads them, the tables named `…Ops` say which call of Keel's answers which case,
/// [keel.tests.conformance.Runner] judges, [keel.tests.conformance.Report] counts.
package keel.tests.conformance;
