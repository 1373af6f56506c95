/// The guides' stack in one line, the rules behind it as advice with reasons, and the test that finds a learning rate.
package keel.nn.recipe;
