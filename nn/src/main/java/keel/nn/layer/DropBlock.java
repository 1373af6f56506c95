package keel.nn.layer;

import java.util.Arrays;

import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Drops square blocks of feature maps in training, `(n, c, h, w) → (n, c, h, w)`: what a channel shows at a place is cut out
/// with its surroundings (Ghiasi et al. 2018, arXiv:1810.12890). Draws from [Pass#random]; the identity in inference.
///
/// Each position at which a whole block fits starts one with probability `γ = p/b² · h·w/((h − b + 1)(w − b + 1))`, which
/// drops a share of about `p`; what is kept is scaled by (all elements)/(kept elements).
public record DropBlock(double p, int block) implements Layer {
    /// @throws IllegalArgumentException if `p` is not in 0 … 1, or the block has no element
    public DropBlock {
        if (!(p >= 0 && p <= 1) || block < 1) {
            throw new IllegalArgumentException("DropBlock: p is " + p + " and the block " + block
                + "; give a share in 0 … 1 and an edge of 1 or more");
        }
    }

    /// Drops a share of about `p` in blocks of `block`×`block`; the paper's are 7×7.
    public static DropBlock of(double p, int block) {
        return new DropBlock(p, block);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.rank() != 4 || x.extent(2) < block || x.extent(3) < block) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.shape() + "; give (n, c, h, w) with "
                + block + " or more in height and width");
        }
        if (!pass.isTraining() || p == 0) return x;
        int h = x.extent(2);
        int w = x.extent(3);
        int tops = h - block + 1;
        int lefts = w - block + 1;
        double gamma = p / (block * block) * h * w / ((double) tops * lefts);
        var starts = NdArray.bernoulli(Shape.of(x.extent(0) * x.extent(1), tops, lefts), gamma, pass.random());
        var kept = kept(starts.booleans(), h, w);
        int count = 0;
        for (boolean k : kept) if (k) count++;
        var mask = NdArray.of(x.shape(), kept).cast(x.dtype());
        return x.mul(Tensor.of(count == 0 ? mask : mask.mulInPlace((double) kept.length / count)));
    }

    private boolean[] kept(boolean[] starts, int h, int w) {
        int tops = h - block + 1;
        int lefts = w - block + 1;
        var kept = new boolean[starts.length / (tops * lefts) * h * w];
        Arrays.fill(kept, true);
        for (int i = 0; i < starts.length; i++) {
            if (!starts[i]) continue;
            int corner = i / (tops * lefts) * h * w + i / lefts % tops * w + i % lefts;
            for (int row = 0; row < block; row++) {
                Arrays.fill(kept, corner + row * w, corner + row * w + block, false);
            }
        }
        return kept;
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "DropBlock(" + p + ", " + block + ")";
    }
}
