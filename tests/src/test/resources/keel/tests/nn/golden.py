"""Writes golden.txt: numbers computed by PyTorch (float64) that the tests compare with. Run: python golden.py > golden.txt

A line is a name, a colon and its numbers. ramp(k, shape) is that of the tests: element i is ((7i² + 37i + 11k) mod 101 − 50)/32."""
import math, torch, torch.nn as nn, torch.nn.functional as F
torch.set_default_dtype(torch.float64)

def ramp(k, *shape):
    n = math.prod(shape)
    return torch.tensor([((7 * i * i + 37 * i + 11 * k) % 101 - 50) / 32 for i in range(n)]).reshape(shape)

def show(name, t):
    print(name + ':', *[repr(float(v)) for v in t.detach().reshape(-1)])

def case(name, f, *inputs):
    """The value, and the gradients of its sum weighted by ramp(9)."""
    x = [i.clone().requires_grad_() for i in inputs]
    y = f(*x)
    show(name, y)
    (y * ramp(9, *y.shape)).sum().backward()
    for i, t in enumerate(x): show(f'{name} d{i}', t.grad)

x, t, u = ramp(1, 4, 3), ramp(5, 4, 3), ramp(8, 4, 3)
p, q = x / 4 + .5, t / 4 + .5
sign = torch.tensor([1., -1, -1, 1, 1, -1, 1, -1, 1, 1, -1, -1]).reshape(4, 3)
labels = torch.tensor([2, 0, 1, 2])
for r in ['mean', 'sum', 'none']:
    case(f'l1 {r}', lambda y, t: F.l1_loss(y, t, reduction=r), x, t)
    case(f'squaredError {r}', lambda y, t: F.mse_loss(y, t, reduction=r), x, t)
    case(f'smoothL1 {r}', lambda y, t: F.smooth_l1_loss(y, t, reduction=r, beta=.7), x, t)
    case(f'huber {r}', lambda y, t: F.huber_loss(y, t, reduction=r, delta=.7), x, t)
    case(f'poissonNll {r}', lambda y: F.poisson_nll_loss(y, sign + 2, reduction=r, full=True), x)
    case(f'poissonNll rate {r}', lambda y: F.poisson_nll_loss(y, sign + 2, reduction=r, log_input=False), p)
    case(f'gaussianNll {r}', lambda y, t, v: F.gaussian_nll_loss(y, t, v, reduction=r, full=True), x, t, q)
    case(f'gaussianNll row {r}', lambda y, t, v: F.gaussian_nll_loss(y, t, v, reduction=r), x, t, q[:, 0])
    case(f'binaryCrossEntropy {r}', lambda y, t: F.binary_cross_entropy(y, t, reduction=r, weight=q), p, q)
    case(f'binaryCrossEntropyWithLogits {r}', lambda y, t: F.binary_cross_entropy_with_logits(y, t, reduction=r, weight=p, pos_weight=torch.tensor([.5, 2, 3])), x, q)
    case(f'klDivergence {r}', lambda y, t: F.kl_div(y, t, reduction=r), x, q)
    case(f'klDivergence log {r}', lambda y, t: F.kl_div(y, t, reduction=r, log_target=True), x, t)
    case(f'hingeEmbedding {r}', lambda y: F.hinge_embedding_loss(y, sign, reduction=r, margin=.4), x)
    case(f'cosineEmbedding {r}', lambda a, b: F.cosine_embedding_loss(a, b, sign[:, 0], reduction=r, margin=-.2), x, t)
    case(f'marginRanking {r}', lambda a, b: F.margin_ranking_loss(a, b, sign, reduction=r, margin=.3), x, t)
    case(f'tripletMargin {r}', lambda a, b, c: F.triplet_margin_loss(a, b, c, reduction=r), x, t, u)
    case(f'tripletMargin swap {r}', lambda a, b, c: F.triplet_margin_loss(a, b, c, reduction=r, swap=True, p=3, margin=2), x, t, u)
    case(f'softMargin {r}', lambda y: F.soft_margin_loss(y, sign, reduction=r), x)
    case(f'multiLabelSoftMargin {r}', lambda y: F.multilabel_soft_margin_loss(y, q, reduction=r, weight=torch.tensor([.5, 2, 3])), x)
    case(f'multiLabelMargin {r}', lambda y: F.multilabel_margin_loss(y, torch.tensor([[1, -1, 0], [0, 2, -1], [-1, 0, 1], [2, 1, 0]]), reduction=r), x)
    case(f'multiMargin {r}', lambda y: F.multi_margin_loss(y, labels, reduction=r), x)
    case(f'multiMargin squared {r}', lambda y: F.multi_margin_loss(y, labels, p=2, margin=.6, weight=torch.tensor([.5, 2, 3]), reduction=r), x)
    w = torch.tensor([.5, 2, 3])
    case(f'nll {r}', lambda y: F.nll_loss(y, torch.tensor([2, -100, 1, 2]), weight=w, reduction=r), x)
    case(f'crossEntropy {r}', lambda y: F.cross_entropy(y, torch.tensor([2, -100, 1, 2]), weight=w, reduction=r), x)
    case(f'crossEntropy smooth {r}', lambda y: F.cross_entropy(y, torch.tensor([2, 7, 1, 2]), weight=w, ignore_index=7, label_smoothing=.3, reduction=r), x)
    case(f'crossEntropy probabilities {r}', lambda y, t: F.cross_entropy(y, t, weight=w, label_smoothing=.3, reduction=r), x, q)
    case(f'crossEntropy map {r}', lambda y: F.cross_entropy(y, torch.tensor([[2, 0], [1, 1]]), label_smoothing=.1, reduction=r), ramp(1, 2, 3, 2))
    case(f'ctc {r}', lambda y: F.ctc_loss(y.log_softmax(-1), torch.tensor([[1, 1, 2], [3, 0, 0]]), torch.tensor([5, 4]), torch.tensor([3, 1]), reduction=r), ramp(1, 5, 2, 4))
    case(f'ctc empty {r}', lambda y: F.ctc_loss(y.log_softmax(-1), torch.tensor([[1, 1, 2], [3, 0, 0]]), torch.tensor([3, 4]), torch.tensor([3, 0]), reduction=r, blank=3, zero_infinity=True), ramp(1, 5, 2, 4))
case('klDivergence batch', lambda y, t: F.kl_div(y, t, reduction='batchmean'), x, q)
case('cosineSimilarity', lambda a, b: F.cosine_similarity(a, b, dim=1), x, t)
case('pairwise', lambda a, b: F.pairwise_distance(a, b), x, t)
case('pairwise 3', lambda a, b: F.pairwise_distance(a, b, p=3.), x, t)
def focal(y, t, a=.25, g=2.):  # torchvision.ops.sigmoid_focal_loss
    s = torch.sigmoid(y); ce = F.binary_cross_entropy_with_logits(y, t, reduction='none'); pt = s * t + (1 - s) * (1 - t)
    return ((a * t + (1 - a) * (1 - t)) * ce * (1 - pt) ** g).mean()
case('focal', lambda y: focal(y, (sign + 1) / 2), x)
case('focal classes', lambda y: (-(1 - y.softmax(1)) ** 1.5 * y.log_softmax(1)).gather(1, labels[:, None]).mean(), x)
def dice(y, t, square):
    y, t = y.flatten(1), t.flatten(1); d = (y ** 2 + t ** 2 if square else y + t).sum(1)
    return (1 - (2 * (y * t).sum(1) + 1) / (d + 1)).mean()
case('dice', lambda y, t: dice(y, t, False), p, q)
case('dice squared', lambda y, t: dice(y, t, True), p, q)
case('logCosh', lambda y, t: torch.log(torch.cosh(y - t)).mean(), x, t)
print('defaults:', *[repr(float(v)) for v in [F.l1_loss(x, t), F.smooth_l1_loss(x, t), F.huber_loss(x, t), F.poisson_nll_loss(x, q), F.binary_cross_entropy(p, q),
    F.binary_cross_entropy_with_logits(x, q), F.kl_div(x, q), F.hinge_embedding_loss(x, sign), F.soft_margin_loss(x, sign), F.multilabel_soft_margin_loss(x, q),
    F.gaussian_nll_loss(x, t, q), F.nll_loss(x, torch.tensor([2, 0, 1, 2])), F.margin_ranking_loss(x, t, sign), F.multi_margin_loss(x, torch.tensor([2, 0, 1, 2]))]])

a = torch.tensor([-100., -6, -3, -1.5, -1, -.5, -.25, 0, .1, .25, .5, 1, 1.5, 3, 6, 25, 100])
def act(name, f):
    x = a.clone().requires_grad_(); y = f(x); y.sum().backward(); show('act ' + name, y); show('act ' + name + ' d', x.grad)
for name, f in dict(logSigmoid=F.logsigmoid, softplus=F.softplus, softplus3=lambda x: F.softplus(x, 3, .2), mish=F.mish, elu=F.elu, elu7=lambda x: F.elu(x, .7), selu=F.selu,
    celu=F.celu, softsign=F.softsign, tanhShrink=F.tanhshrink, relu6=F.relu6, hardTanh=F.hardtanh, hardTanh2=lambda x: F.hardtanh(x, -.5, 3), hardSwish=F.hardswish, hardShrink=F.hardshrink,
    softShrink=F.softshrink, softShrink1=lambda x: F.softshrink(x, 1.), threshold=lambda x: F.threshold(x, .1, 20.),
    celu13=lambda x: torch.relu(x) + 1.3 * torch.expm1(torch.clamp(x, max=0.) / 1.3),  # F.celu's and F.hardsigmoid's derivatives hold constants of float32
    hardSigmoid=lambda x: torch.where(x <= -3, 0., torch.where(x >= 3, 1., (x + 3) / 6)), reluSquared=lambda x: torch.relu(x) ** 2, squareplus=lambda x: (x + torch.sqrt(x * x + 4)) / 2).items(): act(name, f)
case('prelu', lambda x, w: F.prelu(x, w), ramp(1, 2, 3, 2), torch.tensor([.25, -.5, 2]))
case('rrelu', lambda x: F.rrelu(x), ramp(1, 2, 3))
case('glu', lambda x: F.glu(x, 1), ramp(1, 2, 4, 2))
case('swiglu', lambda x: x[:, :2] * F.silu(x[:, 2:]), ramp(1, 2, 4))
case('geglu', lambda x: x[:, :2] * F.gelu(x[:, 2:]), ramp(1, 2, 4))
case('softmin', lambda x: F.softmin(x, 1), ramp(1, 2, 4, 2))

w, b = ramp(2, 4), ramp(3, 4)
case('groupNorm', lambda x, w, b: F.group_norm(x, 2, w, b), ramp(1, 2, 4, 3), w, b)
case('groupNorm flat', lambda x, w, b: F.group_norm(x, 2, w, b, 1e-2), ramp(1, 3, 4), w, b)
case('rmsNorm', lambda x, w: F.rms_norm(x, [2, 3], w), ramp(1, 2, 2, 3), ramp(2, 2, 3))
case('rmsNorm eps', lambda x: F.rms_norm(x, [3], eps=.1), ramp(1, 2, 3))
case('instanceNorm', lambda x, w, b: F.instance_norm(x, weight=w, bias=b), ramp(1, 2, 4, 3), w, b)
layer = nn.InstanceNorm2d(4, affine=True, track_running_stats=True, momentum=.3)
layer.weight.data, layer.bias.data = w.clone(), b.clone()
layer(ramp(2, 3, 4, 2, 2)); show('instanceNorm tracked', layer(ramp(3, 3, 4, 2, 2)))
show('instanceNorm mean', layer.running_mean); show('instanceNorm var', layer.running_var)
layer.eval(); show('instanceNorm inference', layer(ramp(4, 1, 4, 2, 2)))
layer = nn.BatchNorm1d(3, momentum=None)
for s in range(3): layer(ramp(s, 5, 3))
show('batchNorm cumulative mean', layer.running_mean); show('batchNorm cumulative var', layer.running_var)
layer = nn.BatchNorm1d(3, track_running_stats=False).eval(); show('batchNorm untracked', layer(ramp(1, 5, 3)))
case('localResponseNorm 3', lambda x: F.local_response_norm(x, 3, alpha=.5, beta=.6, k=1.2), ramp(1, 2, 5, 3))
case('localResponseNorm 4', lambda x: F.local_response_norm(x, 4, alpha=.5), ramp(1, 2, 5, 2, 2))
def standardize(w, g, scale):  # timm ScaledStdConv2d
    v, m = torch.var_mean(w.reshape(w.shape[0], -1), dim=1, keepdim=True, correction=0)
    return ((w.reshape(w.shape[0], -1) - m) * torch.rsqrt(v + 1e-6) * (g[:, None] * scale)).reshape(w.shape)
case('weightStandardize', lambda w, g: standardize(w, g, .37), ramp(1, 3, 2, 2), ramp(2, 3))
case('dyT', lambda x, a, w, b: torch.tanh(a * x) * w + b, ramp(1, 2, 4), torch.tensor([.7]), w, b)
ch = lambda p: p[None, :, None]
case('filterResponseNorm', lambda x, w, b, t: torch.maximum(x * torch.rsqrt((x ** 2).mean(2, keepdim=True) + 1e-6) * ch(w) + ch(b), ch(t)), ramp(1, 2, 4, 3), w, b, ramp(7, 4))
def evo(x, w, b, v):  # timm EvoNorm2dS0 with 2 groups
    s = (x.reshape(2, 2, -1).var(2, unbiased=False, keepdim=True) + 1e-5).sqrt()
    return (x * (x * ch(v)).sigmoid()).reshape(2, 2, -1).div(s).reshape(x.shape) * ch(w) + ch(b)
case('evoNorm', evo, ramp(1, 2, 4, 3), w, b, ramp(7, 4))
def renorm(x, mu, var, r_max, d_max, w, b):
    m, s = x.mean(0), (x.var(0, unbiased=False) + 1e-5).sqrt(); sigma = (var + 1e-5).sqrt()
    r = (s / sigma).clamp(1 / r_max, r_max).detach(); d = ((m - mu) / sigma).clamp(-d_max, d_max).detach()
    return ((x - m) / s * r + d) * w + b
mu, var = x[0] / 8, q[0] * 2
case('batchRenorm', lambda x, w, b: renorm(x, mu, var, 1.1, .1, w, b), ramp(1, 4, 3), ramp(2, 3), ramp(3, 3))
case('batchRenorm free', lambda x, w, b: renorm(x, mu, var, 100, 100, w, b), ramp(1, 4, 3), ramp(2, 3), ramp(3, 3))
layer = nn.Linear(3, 4); layer.weight.data = ramp(1, 4, 3); layer.bias.data = ramp(2, 4)
layer = torch.nn.utils.parametrizations.spectral_norm(layer, n_power_iterations=2)
p0 = layer.parametrizations.weight[0]; p0._u.copy_(F.normalize(ramp(3, 4), dim=0)); p0._v.copy_(F.normalize(ramp(4, 3), dim=0))
y = layer(ramp(5, 2, 3)); show('spectralNorm', y); (y * ramp(9, 2, 4)).sum().backward()
show('spectralNorm dw', layer.parametrizations.weight.original.grad); show('spectralNorm u', p0._u); show('spectralNorm v', p0._v)
layer.eval(); show('spectralNorm inference', layer(ramp(6, 1, 3)))

case('normalize', lambda x: F.normalize(x, dim=1), ramp(1, 2, 4, 3))
case('normalize 3', lambda x: F.normalize(x, p=3., dim=-1), ramp(1, 2, 4, 3))
case('scaleNorm', lambda x, g: g * x / x.norm(dim=-1, keepdim=True).clamp(min=1e-5), ramp(1, 2, 4), torch.tensor(1.7))
def grn(x, w, b):  # ConvNeXt V2, channels first
    n = x.norm(dim=2, keepdim=True); return x + x * (n / (n.mean(1, keepdim=True) + 1e-6)) * ch(w) + ch(b)
case('globalResponseNorm', grn, ramp(1, 2, 4, 3), ramp(2, 4), ramp(3, 4))
case('weightNorm', lambda v, g: torch._weight_norm(v, g, 0), ramp(1, 3, 2, 2), ramp(2, 3, 1, 1))
case('weightNorm 1', lambda v, g: torch._weight_norm(v, g, 1), ramp(1, 3, 2, 2), ramp(2, 1, 2, 1))
case('weightNorm all', lambda v, g: torch._weight_norm(v, g, -1), ramp(1, 3, 2), torch.tensor(.7))
case('qkNorm', lambda q, k, w, v: F.rms_norm(q, [3], w) @ F.rms_norm(k, [3], v).mT / 3 ** .5, ramp(1, 2, 4, 3), ramp(2, 2, 5, 3), ramp(3, 3), ramp(4, 3))
case('qkNorm cosine', lambda q, k, g: g * F.normalize(q, dim=-1) @ F.normalize(k, dim=-1).mT, ramp(1, 2, 4, 3), ramp(2, 2, 5, 3), torch.tensor(1.7))
