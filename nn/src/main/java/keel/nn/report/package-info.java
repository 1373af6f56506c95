/// Runs as tables, pages and files.
package keel.nn.report;
