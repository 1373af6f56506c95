/// Files: weights in the safetensors format, arrays in NumPy's, and checkpoints from which training goes on with the same bits.
///
/// Every reader treats its file as hostile: what the format does not allow is refused with one clear line, memory is taken only
/// for what the file really holds, and no object of a file's choosing is ever made. Every writer gives the same bytes for the
/// same content, and leaves the old file or the new one, never a mixture.
package keel.nn.io;
