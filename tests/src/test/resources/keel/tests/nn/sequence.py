"""Writes sequence.txt: as golden.py, for embeddings and recurrent nets. Run: python sequence.py > sequence.txt"""
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

def net(name, module, *shape, state=0):
    """Outputs and last states weighted by ramps: their values, and the gradients of input, states and parameters, which are ramps halved."""
    for i, p in enumerate(module.parameters()): p.data = ramp(i + 1, *p.shape) / 2
    x, s = ramp(30, *shape).requires_grad_(), [ramp(31 + i, *z).requires_grad_() for i, z in enumerate(state or [])]
    out = module(x, *([tuple(s) if len(s) == 2 else s[0]] if s else []))
    flat = [out[0], *(out[1] if isinstance(out[1], tuple) else [out[1]])] if isinstance(out, tuple) and out[0].dim() > 2 else list(out) if isinstance(out, tuple) else [out]
    for i, y in enumerate(flat): show(f'{name} y{i}', y)
    sum((y * ramp(40 + i, *y.shape)).sum() for i, y in enumerate(flat)).backward()
    show(f'{name} dx', x.grad)
    for i, t in enumerate(s): show(f'{name} ds{i}', t.grad)
    for n, p in module.named_parameters(): show(f'{name} {n}', p.grad)

net('rnn', nn.RNN(2, 3, num_layers=2), 4, 2, 2, state=[(2, 2, 3)])
net('rnn relu', nn.RNN(2, 3, nonlinearity='relu', bidirectional=True), 3, 2, 2)
net('lstm', nn.LSTM(2, 3, num_layers=2, bidirectional=True), 3, 2, 2, state=[(4, 2, 3), (4, 2, 3)])
net('lstm projected', nn.LSTM(2, 3, proj_size=2, batch_first=True), 2, 4, 2, state=[(1, 2, 2), (1, 2, 3)])
net('gru', nn.GRU(2, 3, num_layers=2, bidirectional=True), 3, 2, 2, state=[(4, 2, 3)])
net('gru plain', nn.GRU(2, 3, bias=False, batch_first=True), 2, 4, 2)
net('lstm cell', nn.LSTMCell(2, 3), 4, 2, state=[(4, 3), (4, 3)])
net('gru cell', nn.GRUCell(2, 3), 4, 2, state=[(4, 3)])
net('rnn cell', nn.RNNCell(2, 3), 4, 2)
