/// Attention and what transformers are made of: [keel.nn.attention.MultiheadAttention] with PyTorch's parameters,
/// [keel.nn.attention.SelfAttention] with grouped keys, rotary positions, normalized queries and a cache for generation,
/// [keel.nn.attention.FeedForward] (SwiGLU and its kin), [keel.nn.attention.Rope], learned and sinusoidal positions,
/// [keel.nn.attention.TransformerEncoderLayer], [keel.nn.attention.TransformerDecoderLayer] and how deep ones start.
///
/// Batches come first: `(n, length, width)`. Masks are true where a key is seen, everywhere.
package keel.nn.attention;
