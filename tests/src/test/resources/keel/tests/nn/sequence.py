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
