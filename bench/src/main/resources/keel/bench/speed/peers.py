# Times PyTorch for `keel bench --peers`: one line in, one line out.
#   make FAMILY|NAME  ->  variants in words, or "none"     time VARIANT CALLS  ->  nanoseconds of all calls
import sys, time
try:
    import torch
except ImportError:
    print("no torch"); sys.exit(0)
import torch.nn.functional as F

threads = int(sys.argv[1])
torch.set_num_threads(threads)
torch.manual_seed(1)
# One thread is timed by the processor time it got, like the other side's.
clock = time.thread_time_ns if threads == 1 else time.perf_counter_ns
aten = torch.ops.aten
nn = torch._C._nn
SIZES = {"1e3": 1000, "1e5": 100_000, "1e7": 10_000_000}


def extents(text):
    words = [int(w) for w in text.split("x")]
    return words * 3 if len(words) == 1 else words


def products(form, *words):
    m, n, k = extents(words[-1])
    if len(words) > 1:  # as many, of …
        x = torch.randn(int(words[0]), *((k, m) if form == "TN" else (m, k)))
        z = torch.randn(int(words[0]), *((n, k) if form == "NT" else (k, n)))
        x, z = x.mT if form == "TN" else x, z.mT if form == "NT" else z
        return lambda: torch.bmm(x, z)
    a = torch.randn(k, m).t() if form == "TN" else torch.randn(m, k)
    b = torch.randn(n, k).t() if form == "NT" else torch.randn(k, n)
    c = torch.empty(m, n)
    return lambda: torch.mm(a, b, out=c)


def elementwise(*words):
    f, n = " ".join(words[:-1]), SIZES[words[-1]]
    x, z, y = torch.randn(n), torch.randn(n), torch.empty(n)
    if f in ("log", "log1p", "sqrt", "rsqrt", "pow 2.5"):
        x = x.abs()
    return {
        "relu": lambda: torch.clamp_min(x, 0, out=y), "sqrt": lambda: torch.sqrt(x, out=y),
        "rsqrt": lambda: torch.rsqrt(x, out=y), "exp": lambda: torch.exp(x, out=y), "log": lambda: torch.log(x, out=y),
        "expm1": lambda: torch.expm1(x, out=y), "log1p": lambda: torch.log1p(x, out=y), "sin": lambda: torch.sin(x, out=y),
        "cos": lambda: torch.cos(x, out=y), "pow 2.5": lambda: torch.pow(x, 2.5, out=y),
        "tanh": lambda: torch.tanh(x, out=y), "sigmoid": lambda: torch.sigmoid(x, out=y),
        "silu": lambda: nn.silu(x, out=y), "softplus": lambda: nn.softplus(x, out=y), "erf": lambda: torch.erf(x, out=y),
        "gelu": lambda: nn.gelu(x, out=y), "gelu tanh": lambda: nn.gelu(x, approximate="tanh", out=y),
        "add": lambda: torch.add(x, z, out=y), "mul": lambda: torch.mul(x, z, out=y), "div": lambda: torch.div(x, z, out=y),
        "tanh grad": lambda: aten.tanh_backward(z, x),
    }.get(f)


def reductions(*words):
    f = " ".join(words[:-1])
    if f.endswith("columns"):
        x = torch.randn(1000, 100)
        return (lambda: x.sum(0)) if f.startswith("sum") else (lambda: x.amax(0))
    if " axis " in f:
        x, axis = torch.randn(*(int(w) for w in words[-1].split("x"))), int(words[2])
        return {"mean": lambda: x.mean(axis), "var": lambda: x.var(axis), "norm": lambda: torch.linalg.vector_norm(x, dim=axis),
                "amax": lambda: x.amax(axis), "logsumexp": lambda: x.logsumexp(axis)}.get(words[0])
    n = SIZES[words[-1]]
    x, z = torch.randn(n), torch.randn(n)
    return {"sum": lambda: x.sum(), "sum squares": lambda: torch.dot(x, x), "max": lambda: x.amax(),
            "dot": lambda: torch.dot(x, z), "argmax": lambda: x.argmax()}.get(f)


def rows(*words):
    f = " ".join(words[:-1])
    shape = [int(w) for w in words[-1].split("x")]
    if f.startswith(("batch", "group")):
        return channels(f, *shape)
    r, n = shape
    x, dy, w, b = torch.randn(r, n), torch.randn(r, n), torch.randn(n), torch.randn(n)
    y, z = torch.softmax(x, 1), x + b
    _, mean, rstd = aten.native_layer_norm(x, [n], w, b, 1e-5)
    xg, wg = x.clone().requires_grad_(), w.clone().requires_grad_()
    rms = F.rms_norm(xg, [n], wg, 1e-5)
    labels = torch.arange(r) % n
    loss = F.cross_entropy(xg, labels)

    def layer(mask):
        return lambda: aten.native_layer_norm_backward(dy, x, [n], mean, rstd, w, b, mask)

    return {"softmax": lambda: torch.softmax(x, 1), "log softmax": lambda: torch.log_softmax(x, 1),
            "softmax grad": lambda: aten._softmax_backward_data(dy, y, 1, torch.float32),
            "layer norm": lambda: aten.native_layer_norm(x, [n], w, b, 1e-5),
            "layer norm grad": layer([True, False, False]), "layer norm sums": layer([False, True, True]),
            "rms norm": lambda: F.rms_norm(x, [n], w, 1e-5),
            "rms norm grad": lambda: torch.autograd.grad(rms, xg, dy, retain_graph=True),
            "bias gelu": lambda: F.gelu(x + b), "bias gelu grad": lambda: aten.gelu_backward(dy, z),
            "dropout": lambda: F.dropout(x, 0.1, True),
            "cross entropy": lambda: F.cross_entropy(x, labels),
            "cross entropy grad": lambda: torch.autograd.grad(loss, xg, retain_graph=True)}.get(f)


def channels(f, n, c, *inner):
    x, dy, w, b = torch.randn(n, c, *inner), torch.randn(n, c, *inner), torch.randn(c), torch.randn(c)
    if f.startswith("group"):
        shape = (n, c, inner[0], c // 8)
        _, mean, rstd = aten.native_group_norm(x, w, b, *shape, 1e-5)
        return {"group norm": lambda: aten.native_group_norm(x, w, b, *shape, 1e-5),
                "group norm grad": lambda: aten.native_group_norm_backward(dy, x, mean, rstd, w, *shape, [True] * 3)}.get(f)
    m, v = torch.zeros(c), torch.ones(c)
    _, mean, rstd = aten.native_batch_norm(x, w, b, None, None, True, 0.1, 1e-5)
    return {"batch norm": lambda: aten.native_batch_norm(x, w, b, None, None, True, 0.1, 1e-5),
            "batch norm eval": lambda: aten.native_batch_norm(x, w, b, m, v, False, 0.1, 1e-5),
            "batch norm grad": lambda: aten.native_batch_norm_backward(dy, x, w, None, None, mean, rstd, True, 1e-5, [True] * 3)
            }.get(f)


def steps(*words):
    f, n = " ".join(words[:-1]), SIZES[words[-1]]
    p = torch.nn.Parameter(torch.randn(n))
    p.grad = torch.randn(n)
    if f == "adamw":
        return variants(default=torch.optim.AdamW([p], lr=1e-6).step, fused=torch.optim.AdamW([p], lr=1e-6, fused=True).step)
    if f == "sgd momentum":
        return variants(default=torch.optim.SGD([p], lr=1e-6, momentum=0.9).step,
                        fused=torch.optim.SGD([p], lr=1e-6, momentum=0.9, fused=True).step)
    if f == "rmsprop":
        return torch.optim.RMSprop([p], lr=1e-6).step
    y, x = torch.randn(n), p.grad
    return lambda: y.add_(x, alpha=1e-6)


def convolution(*words):
    i, c, *sides = (int(v) for v in words[0].split("x"))
    to = words.index("to")
    out = int(words[to + 1])
    options = {"kernel": 3, "groups": 1, "stride": 1, "dilation": 1}
    rest = iter(words[1:to])
    for word in rest:
        if word == "1x1":
            options["kernel"] = 1
        elif word == "depthwise":
            options["groups"] = c
        else:
            options[word] = int(next(rest))
    kernel, groups, stride, dilation = options.values()
    n, padding = len(sides), kernel // 2 * dilation
    x, weight, bias = torch.randn(i, c, *sides), torch.randn(out, c // groups, *[kernel] * n), torch.randn(out)
    f = F.conv1d if n == 1 else F.conv2d
    if len(words) == to + 2:
        return lambda: f(x, weight, bias, stride=stride, padding=padding, dilation=dilation, groups=groups)
    dy = torch.randn_like(f(x, weight, None, stride, padding, dilation, groups))
    mask = [words[-1] == "dx", words[-1] == "dw", False]
    return lambda: aten.convolution_backward(dy, x, weight, None, [stride] * n, [padding] * n, [dilation] * n, False, [0] * n,
                                             groups, mask)


def layout(*words):
    f = words[0]
    if f == "transpose":
        x, y = torch.randn(1000, 1000), torch.empty(1000, 1000)
        return lambda: y.copy_(x.t())
    if f == "gather":
        x, index, y = torch.randn(100_000), torch.randint(100_000, (100_000,)), torch.empty(100_000)
        return lambda: torch.take(x, index, out=y)
    if f == "heads":
        x = torch.randn(16, 64, 4, 32)
        return lambda: x.permute(0, 2, 1, 3).contiguous()
    if f == "embedding":
        table, index = torch.randn(10_000, 128), torch.randint(10_000, (4096,))
        return lambda: F.embedding(index, table)
    if f == "concat":
        x = torch.randn(1000, 100)
        return lambda: torch.cat((x, x), 1)
    x = torch.randn(64, 16, 28, 28)
    if f == "max":
        return lambda: F.max_pool2d(x, 2, return_indices=True)
    return lambda: F.avg_pool2d(x, 2)


def perceptron(words, batch):
    inputs, outputs = 64, 10
    hidden = [512, 512] if words == "64-512-512-10" else [int(words.split("x")[1])] * (int(words.split("x")[0]) - 1)
    layers, n = [], inputs
    for h in hidden:
        layers += [torch.nn.Linear(n, h), torch.nn.ReLU()]
        n = h
    return torch.nn.Sequential(*layers, torch.nn.Linear(n, outputs)), torch.randn(int(batch), inputs)


class Block(torch.nn.Module):
    def __init__(self, i, o):
        super().__init__()
        stride = o // i
        self.branch = torch.nn.Sequential(torch.nn.Conv2d(i, o, 3, stride, 1, bias=False), torch.nn.BatchNorm2d(o),
                                          torch.nn.ReLU(), torch.nn.Conv2d(o, o, 3, 1, 1, bias=False),
                                          torch.nn.BatchNorm2d(o))
        self.shortcut = torch.nn.Identity() if i == o else torch.nn.Sequential(
            torch.nn.Conv2d(i, o, 1, stride, bias=False), torch.nn.BatchNorm2d(o))

    def forward(self, x):
        return F.relu(self.branch(x) + self.shortcut(x))


def resnet(words, batch):
    w = int(words.split("x")[1])
    model = torch.nn.Sequential(torch.nn.Conv2d(3, w, 3, 1, 1, bias=False), torch.nn.BatchNorm2d(w), torch.nn.ReLU(),
                                Block(w, w), Block(w, 2 * w), Block(2 * w, 4 * w), torch.nn.AdaptiveAvgPool2d(1),
                                torch.nn.Flatten(), torch.nn.Linear(4 * w, 10))
    return model, torch.randn(int(batch), 3, 32, 32)


def encoder(words, batch):
    (layers, width), (rows, length) = (map(int, w.split("x")) for w in (words, batch))
    layer = torch.nn.TransformerEncoderLayer(width, width // 32, 4 * width, 0.0, "gelu", batch_first=True, norm_first=True)
    model = torch.nn.Sequential(torch.nn.TransformerEncoder(layer, layers, enable_nested_tensor=False), torch.nn.Flatten(),
                                torch.nn.Linear(length * width, 10))
    return model, torch.randn(rows, length, width)


class Recurrent(torch.nn.Module):
    def __init__(self, make, inputs, hidden):
        super().__init__()
        self.rnn = make(inputs, hidden, batch_first=True)
        self.fc = torch.nn.Linear(hidden, 10)

    def forward(self, x):
        return self.fc(self.rnn(x)[0][:, -1])


def recurrent(make):
    def model(words, batch):
        (inputs, hidden), (rows, length) = map(int, words.split("-")), map(int, batch.split("x"))
        return Recurrent(make, inputs, hidden), torch.randn(rows, length, inputs)
    return model


def training(kind, words, batch):
    def step(fused):
        model, x = MODELS[kind](words, batch[1:])
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, fused=fused)
        labels = torch.randint(10, (len(x),))

        def run():
            optimizer.zero_grad()
            F.cross_entropy(model(x), labels).backward()
            optimizer.step()
        return run
    return variants(default=step(None), fused=step(True))


MODELS = {"mlp": perceptron, "resnet": resnet, "encoder": encoder, "lstm": recurrent(torch.nn.LSTM),
          "gru": recurrent(torch.nn.GRU)}


def variants(**calls):
    return calls


FAMILIES = {f.__name__: f for f in (products, elementwise, reductions, rows, steps, convolution, layout, training)}
made = {}
print("torch " + torch.__version__, flush=True)
for line in sys.stdin:
    command, argument = line.rstrip("\n").split(" ", 1)
    if command == "make":
        family, name = argument.split("|")
        call = FAMILIES[family](*name.split(" ")) if family in FAMILIES else None
        made = call if isinstance(call, dict) else {} if call is None else {"default": call}
        # Whole steps by the clock on the wall, as on the other side, where a collector of garbage has threads of its own.
        now = time.perf_counter_ns if family == "training" else clock
        print(" ".join(made) or "none", flush=True)
    else:
        variant, calls = argument.split(" ")
        call, start = made[variant], now()
        for _ in range(int(calls)):
            call()
        print(now() - start, flush=True)
