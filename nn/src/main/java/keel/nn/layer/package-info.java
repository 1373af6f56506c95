/// Layers: linear maps, activations, dropout and the containers that chain them.
package keel.nn.layer;
