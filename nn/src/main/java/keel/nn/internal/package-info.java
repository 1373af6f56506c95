/// What packages of this module share and nobody else sees.
package keel.nn.internal;
