/// Pages of the docs that are generated from the code, and the tests that say whether they are current.
package keel.tests.docs;
