package keel.tests.io;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/// The default file system, in which one operation that changes something goes wrong: the process dies in it, the power fails
/// (what was written and never synced is lost), or the disk is full.
public final class FaultyFileSystem extends FileSystem {
    /// What happens.
    public enum Fault {
        /// The process dies.
        KILL,
        /// The machine does: what was never synced is lost.
        POWER_CUT,
        /// The operation fails, the next may work.
        DISK_FULL
    }

    /// The end of the process: no operation works any more.
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final Fault fault;
    private final int at;
    private final Map<Path, Long> synced = new HashMap<>(); // bytes of new files that a power cut leaves
    private int operations;
    private boolean dead;

    /// The fault comes in operation `at`, counted from 0.
    public FaultyFileSystem(Fault fault, int at) {
        this.fault = fault;
        this.at = at;
    }

    /// A file system without a fault, and without the time that syncing takes.
    public static FaultyFileSystem sound() { return new FaultyFileSystem(Fault.KILL, -1); }

    /// This path in here.
    public Path path(Path real) { return new FaultyPath(this, real); }

    /// How many operations there were.
    public int operations() { return operations; }

    private void operation() throws IOException {
        if (dead) throw new Killed();
        if (operations++ != at) return;
        if (fault == Fault.DISK_FULL) throw new IOException("No space left on device");
        die();
    }

    private boolean isNext() { return operations == at && fault != Fault.DISK_FULL; }

    private void die() throws IOException {
        dead = true;
        if (fault == Fault.POWER_CUT) {
            for (var e : synced.entrySet()) {
                try (var channel = FileChannel.open(e.getKey(), StandardOpenOption.WRITE)) {
                    channel.truncate(e.getValue());
                }
            }
        }
        throw new Killed();
    }

    private static Path real(Path p) { return FaultyPath.real(p); }

    @Override public FileSystemProvider provider() { return provider; }

    @Override public void close() {}

    @Override public boolean isOpen() { return true; }

    @Override public boolean isReadOnly() { return false; }

    @Override public String getSeparator() { return "/"; }

    @Override public Iterable<Path> getRootDirectories() { throw new UnsupportedOperationException(); }

    @Override public Iterable<FileStore> getFileStores() { throw new UnsupportedOperationException(); }

    @Override public Set<String> supportedFileAttributeViews() { return FileSystems.getDefault().supportedFileAttributeViews(); }

    @Override public Path getPath(String first, String... more) { return path(Path.of(first, more)); }

    @Override public PathMatcher getPathMatcher(String pattern) { throw new UnsupportedOperationException(); }

    @Override public UserPrincipalLookupService getUserPrincipalLookupService() { throw new UnsupportedOperationException(); }

    @Override public WatchService newWatchService() { throw new UnsupportedOperationException(); }

    private final FileSystemProvider provider = new FileSystemProvider() {
        @Override public String getScheme() { return "faulty"; }

        @Override public FileSystem newFileSystem(URI uri, Map<String, ?> env) { throw new UnsupportedOperationException(); }

        @Override public FileSystem getFileSystem(URI uri) { throw new UnsupportedOperationException(); }

        @Override public Path getPath(URI uri) { throw new UnsupportedOperationException(); }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options,
            FileAttribute<?>... attributes) throws IOException {
            boolean writes = options.contains(StandardOpenOption.WRITE);
            if (writes) operation();
            var channel = FileChannel.open(real(path), options, attributes);
            if (writes) synced.put(real(path), 0L);
            return new Channel(real(path), channel);
        }

        @Override
        public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
            FileAttribute<?>... attributes) throws IOException {
            return newFileChannel(path, options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path dir,
            DirectoryStream.Filter<? super Path> filter) throws IOException {
            var real = Files.newDirectoryStream(real(dir));
            return new DirectoryStream<>() {
                @Override public Iterator<Path> iterator() {
                    var it = real.iterator();
                    return new Iterator<>() {
                        @Override public boolean hasNext() { return it.hasNext(); }

                        @Override public Path next() { return path(it.next()); }
                    };
                }

                @Override public void close() throws IOException { real.close(); }
            };
        }

        @Override public void createDirectory(Path dir, FileAttribute<?>... attributes) throws IOException {
            operation();
            Files.createDirectory(real(dir), attributes);
        }

        @Override public void delete(Path path) throws IOException {
            operation();
            Files.delete(real(path));
            synced.remove(real(path));
        }

        @Override public void copy(Path from, Path to, CopyOption... options) { throw new UnsupportedOperationException(); }

        @Override public void move(Path from, Path to, CopyOption... options) throws IOException {
            operation();
            Files.move(real(from), real(to), options);
            synced.put(real(to), synced.remove(real(from)));
        }

        @Override public boolean isSameFile(Path a, Path b) throws IOException { return Files.isSameFile(real(a), real(b)); }

        @Override public boolean isHidden(Path path) throws IOException { return Files.isHidden(real(path)); }

        @Override public FileStore getFileStore(Path path) throws IOException { return Files.getFileStore(real(path)); }

        @Override public void checkAccess(Path path, AccessMode... modes) throws IOException {
            real(path).getFileSystem().provider().checkAccess(real(path), modes);
        }

        @Override public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return Files.getFileAttributeView(real(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type,
            LinkOption... options) throws IOException {
            return Files.readAttributes(real(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
            return Files.readAttributes(real(path), attributes, options);
        }

        @Override public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            Files.setAttribute(real(path), attribute, value, options);
        }
    };

    private final class Channel extends FileChannel {
        private final Path path;
        private final FileChannel real;

        Channel(Path path, FileChannel real) {
            this.path = path;
            this.real = real;
        }

        @Override public int write(ByteBuffer x) throws IOException {
            if (isNext()) real.write(x.slice(x.position(), x.remaining() / 2)); // the first half still arrives
            operation();
            return real.write(x);
        }

        @Override public void force(boolean metaData) throws IOException { // remembered only: a real one takes long
            operation();
            if (synced.containsKey(path)) synced.put(path, real.size());
        }

        @Override protected void implCloseChannel() throws IOException { real.close(); }

        @Override public int read(ByteBuffer y) throws IOException { return real.read(y); }

        @Override public long size() throws IOException { return real.size(); }

        @Override public long position() throws IOException { return real.position(); }

        @Override public FileChannel position(long p) { throw new UnsupportedOperationException(); }

        @Override public long read(ByteBuffer[] y, int from, int n) { throw new UnsupportedOperationException(); }

        @Override public long write(ByteBuffer[] x, int from, int n) { throw new UnsupportedOperationException(); }

        @Override public FileChannel truncate(long size) { throw new UnsupportedOperationException(); }

        @Override
        public long transferTo(long position, long count, WritableByteChannel to) { throw new UnsupportedOperationException(); }

        @Override
        public long transferFrom(ReadableByteChannel from, long position,
            long count) { throw new UnsupportedOperationException(); }

        @Override public int read(ByteBuffer y, long position) { throw new UnsupportedOperationException(); }

        @Override public int write(ByteBuffer x, long position) { throw new UnsupportedOperationException(); }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) { throw new UnsupportedOperationException(); }

        @Override public FileLock lock(long position, long size, boolean shared) { throw new UnsupportedOperationException(); }

        @Override public FileLock tryLock(long position, long size, boolean shared) { throw new UnsupportedOperationException(); }
    }
}
