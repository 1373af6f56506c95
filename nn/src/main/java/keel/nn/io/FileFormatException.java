package keel.nn.io;

/// A file that is not what it should be: damaged, cut short, of another format, or of a kind that Keel does not read. The
/// message is one line: which file, what is wrong in it, and what to do.
public final class FileFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// With this message.
    public FileFormatException(String message) {
        super(message);
    }

    /// With this message, because of another exception.
    public FileFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
