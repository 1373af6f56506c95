/// How parameters start: zeros, normal and uniform, Xavier, He.
package keel.nn.init;
