/// Layers: linear and bilinear maps, embeddings, activations, gates, dropout and the containers that chain them; and what
/// starts a whole model anew.
package keel.nn.layer;
