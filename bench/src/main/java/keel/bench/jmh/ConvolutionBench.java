package keel.bench.jmh;

import keel.bench.work.Family;
import keel.bench.work.Work;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long does a convolution take, forward and for both gradients?
@State(Scope.Thread)
public class ConvolutionBench extends FamilyBench {
    /// What is called: a name of [Family#CONVOLUTION].
    @Param({
        "64x1x28x28 to 16", "64x16x28x28 to 32", "32x16x28x28 to 32", "32x32x28x28 to 64", "8x64x32x32 to 64",
        "8x16x32x32 to 16", "32x64x32x32 to 64", "8x64x32x32 1x1 to 64", "8x64x32x32 depthwise to 64",
        "8x64x32x32 groups 4 to 64", "8x64x32x32 stride 2 to 64", "8x64x32x32 dilation 2 to 64",
        "4x3x64x64 kernel 7 stride 2 to 64", "16x64x1024 to 64", "16x64x1024 depthwise to 64", "64x16x28x28 to 32 dx",
        "64x16x28x28 to 32 dw", "8x64x32x32 to 64 dx", "8x64x32x32 to 64 dw", "8x64x32x32 1x1 to 64 dx",
        "8x64x32x32 1x1 to 64 dw", "8x64x32x32 depthwise to 64 dx", "8x64x32x32 depthwise to 64 dw",
        "8x64x32x32 stride 2 to 64 dx", "8x64x32x32 stride 2 to 64 dw", "16x64x1024 to 64 dx", "16x64x1024 to 64 dw"
    })
    public String kernel;

    @Override
    Work work() {
        return Family.CONVOLUTION.work(kernel);
    }
}
