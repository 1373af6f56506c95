package keel.nn.recipe;

/// The families of nets that rules tell apart.
public enum Architecture {
    /// Fully connected layers.
    MLP,
    /// Convolutions over images or sequences.
    CONVOLUTIONAL,
    /// The same weights at every step of a sequence: RNN, LSTM, GRU.
    RECURRENT,
    /// Attention.
    TRANSFORMER
}
