/// Learning rates as functions of the step.
package keel.nn.schedule;
