"""Writes encoder.safetensors, a small nn.TransformerEncoder as PyTorch saves it, and encoder-case.safetensors, an input, a padding
mask and its output. Run: python encoder.py (PyTorch 2.13, safetensors 0.8)"""
import torch, torch.nn as nn
from safetensors.torch import save_file
torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
layer = nn.TransformerEncoderLayer(8, 2, 12, 0, 'gelu', batch_first=True, norm_first=True)
model = nn.TransformerEncoder(layer, 2, nn.LayerNorm(8), enable_nested_tensor=False)
for p in model.parameters(): nn.init.normal_(p, std=.4)
save_file(model.state_dict(), 'encoder.safetensors')
x, padding = torch.randn(2, 5, 8), torch.tensor([[False, False, False, False, True], [False, False, True, True, True]])
save_file({'x': x, 'padding': padding, 'y': model(x, src_key_padding_mask=padding).detach()}, 'encoder-case.safetensors')
