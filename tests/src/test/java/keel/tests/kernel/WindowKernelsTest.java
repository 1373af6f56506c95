package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import keel.kernel.Binary;
import keel.kernel.Kernels;
import keel.kernel.Places;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kernels behind convolutions, pools, padding and resampling: against their definitions, and SIMD against plain.
class WindowKernelsTest {
    /// Widths below, at and beyond a vector; lines that overlap and lines apart; strips that begin and end anywhere; the array ends
    /// with the last element read.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void sumsOverWindowsAreChainsInOrder(KernelType<A> type) {
        var random = new SplittableRandom(1);
        for (int m : new int[] {0, 1, 3, 4, 7, 9, 12, 16, 33, 69}) {
            for (int k : new int[] {0, 1, 9, 300}) {
                for (int width : new int[] {1, 2, 7, 8, 9, 14, 15, 16, 17, 28, 32, 40, 64, 100, 385}) {
                    int count = random.nextInt(1, 6);
                    int[] lines = random.ints(count, 0, 60).toArray();
                    var at = new Places(random.ints(k, 0, 50).toArray(), lines, width);
                    int from = random.nextInt(Math.min(at.outputs(), 9));
                    int to = at.outputs() - random.nextInt(Math.min(at.outputs() - from, 5));
                    sums(type, random, m, at, from, to, random.nextBoolean());
                    int step = width + random.nextInt(3);
                    var apart = new Places(at.rows(), IntStream.range(0, count).map(i -> i * step).toArray(), width);
                    sums(type, random, m, apart, from, to, random.nextBoolean());
                }
            }
        }
    }

    /// Chains of several blocks of a product, and beyond the longest that is read in place.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void longChainsOverWindowsAreInOrder(KernelType<A> type) {
        var random = new SplittableRandom(3);
        for (int k : new int[] {321, 1041, 2304, 4608, 4609}) {
            for (int width : new int[] {8, 14, 28, 32}) {
                int[] lines = IntStream.range(0, 4).map(i -> i * (width + 2)).toArray();
                sums(type, random, 9, new Places(random.ints(k, 0, 50).toArray(), lines, width), 0, 4 * width, true);
            }
        }
    }

    private static <A> void sums(KernelType<A> type, SplittableRandom random, int m, Places at, int from, int to, boolean bias) {
        int k = at.rows().length;
        int most = IntStream.of(at.rows()).max().orElse(0) + IntStream.of(at.lines()).max().orElse(0) + at.width();
        int images = random.nextInt(1, 3);
        int lc = at.outputs() + random.nextInt(3);
        A a = type.normal(m * k + 1, m);
        A b = type.normal(2 + (images - 1) * 7 + most, k);
        A z = bias ? type.normal(m + 1, 5) : null;
        int size = 2 + images * (m * lc + 1);
        A used = type.awkward(size, 3);
        A plain = type.awkward(size, 3);
        type.used().correlate(m, a, 1, z, 1, at, images, b, 2, 7, from, to, used, 2, m * lc + 1, lc);
        type.plain().correlate(m, a, 1, z, 1, at, images, b, 2, 7, from, to, plain, 2, m * lc + 1, lc);
        var what = "correlate " + m + " " + k + " " + from + " … " + to + " of " + at.lines().length + " × " + at.width();
        type.assertSameBits(plain, used, size, what);
        for (int t = 0; t < 5 && m > 0; t++) {
            int i = random.nextInt(m);
            int q = random.nextInt(images);
            int o = random.nextInt(from, to);
            A c = type.of(0);
            int x = 2 + q * 7 + at.lines()[o / at.width()] + o % at.width();
            for (int p = 0; p < k; p++) type.plain().axpy(type.plain().get(a, 1 + i * k + p), b, x + at.rows()[p], c, 0, 1);
            if (bias) type.plain().binary(Binary.ADD, 0, c, 0, z, 1 + i, c, 0, 1);
            assertEquals(type.plain().get(c, 0), type.plain().get(plain, 2 + q * (m * lc + 1) + i * lc + o), what);
        }
    }

    /// What was in `C` stays in it; rows may overlap, and the image ends with the last element read.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void productsWithWindowsAreAddedToWhatIsThere(KernelType<A> type) {
        var random = new SplittableRandom(2);
        for (int m : new int[] {0, 1, 2, 5, 16, 33, 40}) {
            for (int k : new int[] {0, 1, 9, 105, 140}) {
                for (int width : new int[] {1, 7, 16, 28, 33, 200}) {
                    int[] lines = random.ints(random.nextInt(1, 4), 0, 60).toArray();
                    var at = new Places(random.ints(k, 0, 50).toArray(), lines, width);
                    int from = random.nextInt(Math.min(at.outputs(), 9));
                    int to = at.outputs() - random.nextInt(Math.min(at.outputs() - from, 5));
                    products(type, m, at, from, to);
                    int step = width + random.nextInt(3);
                    var apart = new Places(at.rows(), IntStream.range(0, lines.length).map(i -> i * step).toArray(), width);
                    products(type, m, apart, from, to);
                }
            }
        }
    }

    private static <A> void products(KernelType<A> type, int m, Places at, int from, int to) {
        int k = at.rows().length;
        int ld = at.outputs() + 1;
        A b = type.normal(2 + IntStream.of(at.rows()).max().orElse(0) + IntStream.of(at.lines()).max().orElse(0) + at.width(), k);
        A d = type.normal(3 + m * ld, m);
        int size = 1 + k * m + 2;
        A used = type.normal(size, 3);
        A plain = type.normal(size, 3);
        A expected = type.normal(size, 3);
        A work = type.normal(Kernels.roomForWindows(m, to - from), 4);
        type.used().windowProducts(m, d, 3, ld, at, b, 2, from, to, used, 1, work);
        type.plain().windowProducts(m, d, 3, ld, at, b, 2, from, to, plain, 1, work);
        var what = "windowProducts " + m + " " + k + " " + from + " … " + to + " of " + at.lines().length + " × " + at.width();
        type.assertSameBits(plain, used, size, what);
        A x = type.plain().allocate(to - from);
        for (int p = 0; p < k; p++) {
            for (int o = from; o < to; o++) {
                int place = 2 + at.rows()[p] + at.lines()[o / at.width()] + o % at.width();
                type.plain().copyStrided(b, place, 1, x, o - from, 1);
            }
            for (int i = 0; i < m; i++) {
                A s = type.of(0);
                for (int o = from; o < to && m > 1; o++) {
                    type.plain().axpy(type.plain().get(x, o - from), d, 3 + i * ld + o, s, 0, 1);
                }
                if (m == 1) type.plain().set(s, 0, type.plain().dot(x, 0, d, 3 + from, to - from));
                type.plain().binary(Binary.ADD, 0, expected, 1 + p * m + i, s, 0, expected, 1 + p * m + i, 1);
            }
        }
        type.assertSameBits(expected, plain, size, what);
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void gatherAndScatterFollowTheTable(KernelType<A> type) {
        int[] index = {9, 2, -1, 0, 2, 1};
        A x = type.of(10, 11, 12, 13, 14);
        A y = type.of(-1, -1, -1, -1, -1, -1);
        type.used().gather(x, 1, index, 1, y, 1, 5);
        assertArrayEquals(new double[] {-1, 13, 0, 11, 13, 12}, type.doubles(y, 0, 6));
        A z = type.of(1, 1, 1, 1);
        type.used().scatterAdd(x, 0, index, 1, z, 1, 5);
        assertArrayEquals(new double[] {1, 1 + 12, 1 + 14, 1 + 10 + 13}, type.doubles(z, 0, 4));
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void longTablesGatherWhatPlainJavaGathers(KernelType<A> type) {
        var random = new SplittableRandom(2);
        A x = type.awkward(60, 5);
        for (int n = 0; n < 70; n++) {
            for (int least : new int[] {-1, 0}) {
                int[] index = random.ints(n + 1, least, 59).toArray();
                A used = type.normal(n + 2, 3);
                A plain = type.normal(n + 2, 3);
                type.used().gather(x, 1, index, 1, used, 1, n);
                type.plain().gather(x, 1, index, 1, plain, 1, n);
                type.assertSameBits(plain, used, n + 2, "gather " + n + " from " + least);
            }
        }
    }

    /// The arrays end with the last element that is copied.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void linesAreCopiedAndNothingElse(KernelType<A> type) {
        for (int n : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 28, 31, 32, 33, 47, 65, 255, 257, 300}) {
            for (int stride : new int[] {1, 2, 3, 8, 9, 0, -1}) {
                for (int lines : new int[] {0, 1, 3}) {
                    int lx = Math.max(0, (n - 1) * Math.abs(stride) + 2);
                    int ly = n + 3;
                    int last = Math.max(0, (n - 1) * stride);
                    int xo = stride < 0 ? Math.max(0, n - 1) : 1;
                    A x = type.awkward(xo + Math.max(0, lines - 1) * lx + last + 1, n);
                    int size = 2 + Math.max(0, lines - 1) * ly + n;
                    A y = type.normal(size, 7);
                    A expected = type.normal(size, 7);
                    type.used().copyLines(lines, x, xo, lx, stride, y, 2, ly, n);
                    for (int h = 0; h < lines; h++) {
                        for (int i = 0; i < n; i++) {
                            type.plain().copyStrided(x, xo + h * lx + i * stride, 1, expected, 2 + h * ly + i, 1);
                        }
                    }
                    type.assertSameBits(expected, y, size, "copyLines " + lines + " · " + n + " · " + stride);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void rowsAreCopiedInTheOrderTheyAreNamed(KernelType<A> type) {
        int[] row = {2, 0, 2, 1, 4};
        for (int n : new int[] {0, 1, 3, 8, 15, 16, 17, 128, 129, 256, 257, 300}) {
            A x = type.awkward(1 + 5 * n, n);
            A y = type.normal(3 + 5 * n, 7);
            A expected = type.normal(3 + 5 * n, 7);
            type.used().copyRows(x, 1, row, y, 2, n);
            for (int i = 0; i < 5; i++) type.plain().copyStrided(x, 1 + row[i] * n, 1, expected, 2 + i * n, n);
            type.assertSameBits(expected, y, 3 + 5 * n, "copyRows " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void spreadLeavesWhatIsBetween(KernelType<A> type) {
        A y = type.of(0, 0, 0, 0, 0, 0);
        type.used().spread(type.of(7, 8, 9), 1, y, 1, 3, 2);
        assertArrayEquals(new double[] {0, 8, 0, 0, 9, 0}, type.doubles(y, 0, 6));
        type.used().spread(type.of(7, 8, 9), 0, y, 2, 1, 3);
        assertArrayEquals(new double[] {0, 8, 7, 8, 9, 0}, type.doubles(y, 0, 6));
    }

    /// A chain in the order of the terms, on one column and on many.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void sparseProductsAreChainsInOrder(KernelType<A> type) {
        int[] start = {0, 2, 2, 5};
        int[] column = {1, 0, 3, 1, 1};
        double[] w = {.5, -2, 1, .25, 3};
        for (int inner : new int[] {1, 2, 17, 100}) {
            A x = type.normal(4 * inner + 1, inner);
            A y = type.normal(3 * inner + 1, 7);
            type.used().sparse(3, start, column, w, x, 1, inner, y, 1);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < inner; j++) {
                    A c = type.of(0);
                    for (int t = start[i]; t < start[i + 1]; t++) type.plain().axpy(w[t], x, 1 + column[t] * inner + j, c, 0, 1);
                    assertEquals(type.plain().get(c, 0), type.plain().get(y, 1 + i * inner + j));
                }
            }
        }
    }

    /// The array ends with the last element that is read.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void evenWindowsAreChainsInOrder(KernelType<A> type) {
        for (int n : new int[] {0, 1, 2, 8, 15, 16, 17, 33, 100}) {
            for (int stride : new int[] {1, 2, 3}) {
                for (int taps : new int[] {1, 2, 3, 5}) {
                    A x = type.awkward(1 + Math.max(0, (n - 1) * stride + taps), n);
                    A y = type.normal(n + 2, 7);
                    A expected = type.normal(n + 2, 7);
                    type.used().slide(n, stride, taps, .75, x, 1, y, 1);
                    for (int i = 0; i < n; i++) {
                        A c = type.of(0);
                        for (int t = 0; t < taps; t++) type.plain().axpy(.75, x, 1 + i * stride + t, c, 0, 1);
                        type.plain().copyStrided(c, 0, 1, expected, 1 + i, 1);
                    }
                    type.assertSameBits(expected, y, n + 2, "slide " + n + " by " + stride + ", " + taps);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void theFirstLargestOfAWindowCountsAndTheLastNaNBeforeIt(KernelType<A> type) {
        double nan = Double.NaN;
        A x = type.of(-9, 1, 3, 3, 2, nan, 5, nan, 0, Double.NEGATIVE_INFINITY, 0);
        A y = type.plain().allocate(5);
        int[] at = new int[5];
        type.used().maxWindows(x, 1, 2, 3, 1, 100, y, 1, at, 1, 4); // 1 3 3, 3 2 nan, nan 5 nan, nan 0 -inf
        assertArrayEquals(new double[] {0, 3, nan, nan, nan}, type.doubles(y, 0, 5));
        assertArrayEquals(new int[] {0, 101, 104, 106, 106}, at);
        type.used().maxWindows(x, 2, 3, 2, 4, 0, y, 0, at, 0, 2); // 3 5, nan -inf
        assertArrayEquals(new double[] {5, nan}, type.doubles(y, 0, 2));
        assertArrayEquals(new int[] {4, 3}, Arrays.copyOf(at, 2));
        type.used().maxWindows(x, 9, 0, 1, 7, 5, y, 0, at, 0, 1);
        assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY}, type.doubles(y, 0, 1));
        assertEquals(5, at[0]);
    }

    /// The array ends with the last tile.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void tilesAreWindowsOfTwoByTwo(KernelType<A> type) {
        var k = type.plain();
        for (int w : new int[] {1, 2, 3, 7, 8, 14, 15, 16, 17, 31, 32, 50}) {
            for (int h : new int[] {0, 1, 3}) {
                int n = 2 * h * w;
                A x = type.awkward(1 + 4 * n, 10 * w + h);
                A largest = type.normal(n + 2, 7);
                A most = type.normal(n + 2, 7);
                A sums = type.normal(n + 2, 8);
                A added = type.normal(n + 2, 8);
                int[] places = new int[n + 2];
                int[] at = new int[n + 2];
                for (int o = 0; o < n; o++) {
                    int plane = o < h * w ? 0 : 4 * h * w;
                    int first = o / w * 4 * w + o % w * 2;
                    A four = type.of(0, 0, 0, 0);
                    k.copyStrided(x, 1 + first, 1, four, 0, 2);
                    k.copyStrided(x, 1 + first + 2 * w, 1, four, 2, 2);
                    int[] t = new int[1];
                    k.maxWindows(four, 0, 0, 4, 1, 0, largest, 1 + o, t, 0, 1);
                    places[1 + o] = first - plane + t[0] % 2 + t[0] / 2 * 2 * w;
                    A column = type.of(0, 0);
                    k.axpy(1, four, 0, column, 0, 2);
                    k.axpy(1, four, 2, column, 0, 2);
                    A sum = type.of(0);
                    k.axpy(1, column, 0, sum, 0, 1);
                    k.axpy(1, column, 1, sum, 0, 1);
                    k.copyStrided(sum, 0, 1, sums, 1 + o, 1);
                }
                type.used().maxTiles(x, 1, 2, h, w, most, 1, at, 1);
                type.used().sumTiles(x, 1, 2 * h, w, added, 1);
                type.assertSameBits(largest, most, n + 2, "largest of " + h + " × " + w);
                assertArrayEquals(places, at, h + " × " + w);
                type.assertSameBits(sums, added, n + 2, "sums of " + h + " × " + w);
                A tiles = type.normal(4 * n + 2, 9);
                double[] expected = type.doubles(tiles, 0, 4 * n + 2);
                for (int p = 0; p < 4 * n; p++) {
                    expected[1 + p] = type.doubles(x, 1 + p / (4 * w) * w + p % (2 * w) / 2, 1)[0] + 0.0;
                }
                type.used().spreadTiles(x, 1, 2 * h, w, tiles, 1);
                assertArrayEquals(expected, type.doubles(tiles, 0, 4 * n + 2), "tiles of " + h + " × " + w);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void whatIsLargerOrNaNIsTakenOver(KernelType<A> type) {
        A x = type.of(9, 1, 2, 3, Double.NaN, 1, Double.NaN);
        A y = type.of(0, 2, 2, 2, 2, Double.NaN, Double.NaN);
        int[] at = {0, 1, 2, 3, 4, 5, 6};
        type.used().maxInto(x, 1, new int[] {10, 11, 12, 13, 14, 15, 16}, 1, y, 1, at, 1, 6);
        assertArrayEquals(new double[] {0, 2, 2, 3, Double.NaN, Double.NaN, Double.NaN}, type.doubles(y, 0, 7));
        assertArrayEquals(new int[] {0, 1, 2, 13, 14, 5, 16}, at);
        A long1 = type.awkward(1000, 1);
        A long2 = type.awkward(1000, 2);
        A long3 = type.awkward(1000, 2);
        int[] i1 = IntStream.range(0, 1000).toArray();
        int[] at2 = new int[1000];
        int[] at3 = new int[1000];
        type.used().maxInto(long1, 0, i1, 0, long2, 0, at2, 0, 1000);
        type.plain().maxInto(long1, 0, i1, 0, long3, 0, at3, 0, 1000);
        type.assertSameBits(long3, long2, 1000, "maxInto");
        assertArrayEquals(at3, at2);
    }
}
