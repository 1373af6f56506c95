module keel.core {
    requires static jdk.incubator.vector;
    exports keel.array;
    exports keel.autograd;
    exports keel.kernel;
}
