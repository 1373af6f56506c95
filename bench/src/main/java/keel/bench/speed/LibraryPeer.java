package keel.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import keel.bench.work.Family;
import keel.bench.work.Product;
import keel.kernel.Form;

/// A [ProductLibrary] as a peer.
record LibraryPeer(ProductLibrary library, int threads) implements Peer {
    /// One product by the library.
    private record Call(String name, Runnable call, int threads) implements Variant {
        @Override
        public double nanos(int calls) {
            return Clock.time(calls, call, threads);
        }
    }

    /// The libraries on the class path, those with native code only if wanted.
    static List<Peer> all(int threads, boolean natives) {
        var found = new ArrayList<Peer>();
        var libraries = ServiceLoader.load(ProductLibrary.class).iterator();
        while (true) {
            try {
                if (!libraries.hasNext()) return found;
                var library = libraries.next();
                if (library.isNative() && !natives) continue;
                library.use(threads);
                found.add(new LibraryPeer(library, threads));
            } catch (ServiceConfigurationError | LinkageError _) {
                // built with the profile once, and its libraries are gone: as if it were not there
            }
        }
    }

    @Override
    public String name() {
        return library.name();
    }

    @Override
    public List<Variant> prepare(String family, String name) {
        if (!family.equals(Family.PRODUCTS.label)) return List.of();
        var words = name.split(" ");
        if (words.length > 2) return List.of(); // a batch
        var call = library.call(Product.of(Form.valueOf(words[0]), words[1]));
        return call == null ? List.of() : List.of(new Call(library.name(), call, threads));
    }
}
