package keel.tests.io;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/// A path of the real file system seen through a faulty one.
record FaultyPath(FaultyFileSystem fs, Path real) implements Path {
    private Path wrap(Path p) { return p == null ? null : new FaultyPath(fs, p); }

    static Path real(Path p) { return p instanceof FaultyPath f ? f.real : p; }

    @Override public FaultyFileSystem getFileSystem() { return fs; }

    @Override public boolean isAbsolute() { return real.isAbsolute(); }

    @Override public Path getRoot() { return wrap(real.getRoot()); }

    @Override public Path getFileName() { return wrap(real.getFileName()); }

    @Override public Path getParent() { return wrap(real.getParent()); }

    @Override public int getNameCount() { return real.getNameCount(); }

    @Override public Path getName(int index) { return wrap(real.getName(index)); }

    @Override public Path subpath(int from, int to) { return wrap(real.subpath(from, to)); }

    @Override public boolean startsWith(Path other) { return real.startsWith(real(other)); }

    @Override public boolean endsWith(Path other) { return real.endsWith(real(other)); }

    @Override public Path normalize() { return wrap(real.normalize()); }

    @Override public Path resolve(Path other) { return wrap(real.resolve(real(other))); }

    @Override public Path resolve(String other) { return wrap(real.resolve(other)); }

    @Override public Path resolveSibling(String other) { return wrap(real.resolveSibling(other)); }

    @Override public Path relativize(Path other) { return wrap(real.relativize(real(other))); }

    @Override public URI toUri() { return real.toUri(); }

    @Override public Path toAbsolutePath() { return wrap(real.toAbsolutePath()); }

    @Override public Path toRealPath(LinkOption... options) throws IOException { return wrap(real.toRealPath(options)); }

    @Override
    public WatchKey register(WatchService w, WatchEvent.Kind<?>[] e,
        WatchEvent.Modifier... m) { throw new UnsupportedOperationException(); }

    @Override public int compareTo(Path other) { return real.compareTo(real(other)); }

    @Override public String toString() { return real.toString(); }
}
