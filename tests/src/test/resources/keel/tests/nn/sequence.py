"""Writes sequence.txt: as golden.py, for embeddings, recurrent nets and residual nets. Run: python sequence.py > sequence.txt"""
import io, contextlib
with contextlib.redirect_stdout(io.StringIO()):
    from golden import *

indices, offsets = torch.tensor([1, 4, 2, 2, 0, 4, 1, 3]), torch.tensor([0, 3, 3, 7])
for pad in [None, 2]:
    case(f'bag sum {pad}', lambda w, p: F.embedding_bag(indices, w, offsets, mode='sum', padding_idx=pad, per_sample_weights=p), ramp(1, 5, 3), ramp(2, 8))
    for mode in ['mean', 'max']:
        case(f'bag {mode} {pad}', lambda w: F.embedding_bag(indices, w, offsets, mode=mode, padding_idx=pad), ramp(1, 5, 3))
        case(f'bag {mode} {pad} rows', lambda w: F.embedding_bag(indices.reshape(2, 4), w, mode=mode, padding_idx=pad), ramp(1, 5, 3))
case('embedding', lambda w: F.embedding(indices.reshape(2, 4), w), ramp(1, 5, 3))
case('embedding padding', lambda w: F.embedding(indices.reshape(2, 4), w, padding_idx=4, scale_grad_by_freq=True), ramp(1, 5, 3))
case('bilinear', lambda a, b, w, v: F.bilinear(a, b, w, v), ramp(1, 2, 2, 3), ramp(2, 2, 2, 4), ramp(3, 5, 3, 4), ramp(4, 5))

def net(name, module, *shape, state=0, brief=False):
    """Outputs and last states weighted by ramps: their values, and the gradients of input, states and parameters, which are ramps halved; of those, if brief, the norm, the first and the last element."""
    for i, p in enumerate(module.parameters()): p.data = ramp(i + 1, *p.shape) / 2
    x, s = ramp(30, *shape).requires_grad_(), [ramp(31 + i, *z).requires_grad_() for i, z in enumerate(state or [])]
    out = module(x, *([tuple(s) if len(s) == 2 else s[0]] if s else []))
    flat = [out[0], *(out[1] if isinstance(out[1], tuple) else [out[1]])] if isinstance(out, tuple) and out[0].dim() > 2 else list(out) if isinstance(out, tuple) else [out]
    for i, y in enumerate(flat): show(f'{name} y{i}', y)
    sum((y * ramp(40 + i, *y.shape)).sum() for i, y in enumerate(flat)).backward()
    show(f'{name} dx', x.grad)
    for i, t in enumerate(s): show(f'{name} ds{i}', t.grad)
    for n, p in module.named_parameters(): show(f'{name} {n}', torch.stack([p.grad.norm(), p.grad.flatten()[0], p.grad.flatten()[-1]]) if brief else p.grad)

net('rnn', nn.RNN(2, 3, num_layers=2), 4, 2, 2, state=[(2, 2, 3)])
net('rnn relu', nn.RNN(2, 3, nonlinearity='relu', bidirectional=True), 3, 2, 2)
net('lstm', nn.LSTM(2, 3, num_layers=2, bidirectional=True), 3, 2, 2, state=[(4, 2, 3), (4, 2, 3)])
net('lstm projected', nn.LSTM(2, 3, proj_size=2, batch_first=True), 2, 4, 2, state=[(1, 2, 2), (1, 2, 3)])
net('gru', nn.GRU(2, 3, num_layers=2, bidirectional=True), 3, 2, 2, state=[(4, 2, 3)])
net('gru plain', nn.GRU(2, 3, bias=False, batch_first=True), 2, 4, 2)
net('lstm cell', nn.LSTMCell(2, 3), 4, 2, state=[(4, 3), (4, 3)])
net('gru cell', nn.GRUCell(2, 3), 4, 2, state=[(4, 3)])
net('rnn cell', nn.RNNCell(2, 3), 4, 2)

def conv(i, o, k, s=1): return nn.Conv2d(i, o, k, s, k // 2, bias=False)

class Block(nn.Module):
    """torchvision's BasicBlock and Bottleneck, and those of pre-activation."""
    def __init__(self, i, width, stride, bottleneck, pre):
        super().__init__()
        self.pre, o = pre, 4 * width if bottleneck else width
        shapes = [(i, width, 1, 1), (width, width, 3, stride), (width, o, 1, 1)] if bottleneck else [(i, width, 3, stride), (width, o, 3, 1)]
        self.n = len(shapes)
        for k, (a, b, kernel, s) in enumerate(shapes):
            setattr(self, f'conv{k + 1}', conv(a, b, kernel, s))
            setattr(self, f'bn{k + 1}', nn.BatchNorm2d(a if pre else b))
        self.downsample = nn.Identity()
        if stride != 1 or i != o: self.downsample = nn.Sequential(conv(i, o, 1, stride), *([] if pre else [nn.BatchNorm2d(o)]))
    def forward(self, x):
        h, short = x, x
        for k in range(1, self.n + 1):
            c, b = getattr(self, f'conv{k}'), getattr(self, f'bn{k}')
            if self.pre:
                h = b(h).relu()
                if k == 1 and not isinstance(self.downsample, nn.Identity): short = self.downsample(h)
                h = c(h)
            else:
                h = b(c(h))
                if k < self.n: h = h.relu()
        return short + h if self.pre else (self.downsample(x) + h).relu()

class ResNet(nn.Module):
    def __init__(self, bottleneck, pre):
        super().__init__()
        e = 4 if bottleneck else 1
        self.pre, self.conv1 = pre, conv(2, 2, 3)
        if not pre: self.bn1 = nn.BatchNorm2d(2)
        self.layer1 = nn.Sequential(Block(2, 2, 1, bottleneck, pre), Block(2 * e, 2, 1, bottleneck, pre))
        self.layer2 = nn.Sequential(Block(2 * e, 4, 2, bottleneck, pre))
        if pre: self.norm = nn.BatchNorm2d(4 * e)
        self.fc = nn.Linear(4 * e, 3)
    def forward(self, x):
        y = self.conv1(x)
        if not self.pre: y = self.bn1(y).relu()
        y = self.layer2(self.layer1(y))
        if self.pre: y = self.norm(y).relu()
        return self.fc(y.mean((2, 3)))

for pre in [False, True]:
    for bottleneck in [False, True]: net(f'resnet {bottleneck} {pre}', ResNet(bottleneck, pre), 2, 2, 5, 4, brief=True)
