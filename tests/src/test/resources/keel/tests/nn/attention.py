"""Writes attention.txt: as golden.py, for attention and transformer layers. Run: python attention.py > attention.txt"""
import io, contextlib
with contextlib.redirect_stdout(io.StringIO()):
    from golden import *
from torch.func import functional_call

def module(name, m, weights, *inputs, **options):
    """The module with these weights by name, from ramps of its own; inputs and weights take part."""
    shapes = {n: p.shape for n, p in m.named_parameters()}
    x = [ramp(20 + i, *shapes[n]) / 2 for i, n in enumerate(weights)]
    f = lambda *t: functional_call(m, dict(zip(weights, t[len(inputs):])), t[:len(inputs)], options)
    case(name, lambda *t: (lambda y: y if isinstance(y, torch.Tensor) else y[0])(f(*t)), *inputs, *x)

names = ['in_proj_weight', 'in_proj_bias', 'out_proj.weight', 'out_proj.bias']
q, k, v = ramp(1, 2, 3, 4), ramp(2, 2, 5, 4), ramp(3, 2, 5, 4)
padding = torch.tensor([[False, False, False, True, True], [False, False, True, False, False]])
hidden = torch.tensor([[False, True, False, False, True], [False, False, True, False, False], [True, False, False, False, False]])
mha = nn.MultiheadAttention(4, 2, batch_first=True)
module('mha', mha, names, q, k, v)
module('mha self', mha, names, q, q, q)
module('mha masks', mha, names, q, k, v, key_padding_mask=padding, attn_mask=hidden)
module('mha scores', mha, names, q, k, v, attn_mask=ramp(4, 3, 5))
module('mha extra', nn.MultiheadAttention(4, 2, batch_first=True, add_bias_kv=True, add_zero_attn=True), names + ['bias_k', 'bias_v'], q, k, v, key_padding_mask=padding, attn_mask=hidden)
module('mha apart', nn.MultiheadAttention(4, 2, batch_first=True, kdim=3, vdim=5, bias=False), ['q_proj_weight', 'k_proj_weight', 'v_proj_weight', 'out_proj.weight'], q, ramp(5, 2, 5, 3), ramp(6, 2, 5, 5))
w = functional_call(mha, {n: ramp(20 + i, *dict(mha.named_parameters())[n].shape) / 2 for i, n in enumerate(names)}, (q, k, v), dict(key_padding_mask=padding, average_attn_weights=False))[1]
show('mha weights', w)
show('mha mean weights', w.mean(1))

layer = ['linear1.weight', 'linear1.bias', 'linear2.weight', 'linear2.bias', 'norm1.weight', 'norm1.bias', 'norm2.weight', 'norm2.bias']
encoder = ['self_attn.' + n for n in names] + layer
square = torch.triu(torch.ones(3, 3, dtype=torch.bool), 1)
module('encoder post', nn.TransformerEncoderLayer(4, 2, 6, 0, batch_first=True), encoder, q)
module('encoder pre', nn.TransformerEncoderLayer(4, 2, 6, 0, 'gelu', batch_first=True, norm_first=True), encoder, q, src_mask=square)
module('encoder bare', nn.TransformerEncoderLayer(4, 2, 6, 0, batch_first=True, bias=False), [n for n in encoder if 'bias' not in n], q)
decoder = ['self_attn.' + n for n in names] + ['multihead_attn.' + n for n in names] + layer + ['norm3.weight', 'norm3.bias']
module('decoder post', nn.TransformerDecoderLayer(4, 2, 6, 0, batch_first=True), decoder, q, k, tgt_mask=square, memory_key_padding_mask=padding)
module('decoder pre', nn.TransformerDecoderLayer(4, 2, 6, 0, 'gelu', batch_first=True, norm_first=True), decoder, q, k)

# ---- what PyTorch has no layer for: the papers' formulas
case('grouped', lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True), ramp(1, 2, 4, 3, 2), ramp(2, 2, 2, 3, 2), ramp(3, 2, 2, 3, 2))
def rope(x, halves, start, base=10000):
    n, d = x.shape[-2:]
    angle = (torch.arange(n) + start)[:, None] * base ** (-2 * torch.arange(d // 2) / d)
    c, s = angle.cos(), angle.sin()
    a, b = (x[..., :d // 2], x[..., d // 2:]) if halves else (x[..., 0::2], x[..., 1::2])
    y = a * c - b * s, a * s + b * c
    return torch.cat(y, -1) if halves else torch.stack(y, -1).flatten(-2)
case('rope', lambda x: rope(x, False, 2), ramp(1, 2, 3, 6))
case('rope halves', lambda x: rope(x, True, 0, 100), ramp(1, 2, 3, 6))
m = torch.arange(5)[:, None] / 10000 ** (torch.arange(0, 6, 2) / 6)
show('sinusoidal', torch.stack((m.sin(), m.cos()), -1).flatten(-2))
case('swiGlu', lambda x, g, u, d: (F.silu(x @ g.T) * (x @ u.T)) @ d.T, ramp(1, 2, 4), ramp(2, 6, 4), ramp(3, 6, 4), ramp(4, 4, 6))
case('feedForward', lambda x, u, a, d, b: F.linear(F.gelu(F.linear(x, u, a)), d, b), ramp(1, 2, 4), ramp(2, 6, 4), ramp(3, 6), ramp(4, 4, 6), ramp(5, 4))
