"""Wrote the files beside it, with PyTorch 2.13 and safetensors 0.8 on a CPU: python pytorch.py [FILE]

model.safetensors      a convolution, batch normalization and linear net after three steps of SGD, as PyTorch saves it
expected.safetensors   an input and what PyTorch computes from it in inference, in float32 and in float64
types.safetensors      one tensor of every type that Keel converts, as the reference writer arranges them
types.npz, *.npy       the same for NumPy 2.4

With FILE, a file that Keel wrote of the same net: loads it and says how far its output is from PyTorch's own.
"""
import sys
import numpy as np
import torch
from torch import nn
from safetensors.torch import load_file, save_file

torch.manual_seed(0)


def net():
    return nn.Sequential(nn.Conv2d(1, 3, 3, stride=2, padding=1), nn.BatchNorm2d(3), nn.ReLU(), nn.Flatten(), nn.Linear(48, 5))


def expected(model, x):
    model.eval()
    with torch.no_grad():
        return {"x": x, "y": model(x), "y64": model.double()(x.double())}


if len(sys.argv) > 1:
    model = net()
    model.load_state_dict(load_file(sys.argv[1]))
    want = load_file("expected.safetensors")
    got = expected(model, want["x"])
    print("float32 %.1e, float64 %.1e, batches %d" % ((got["y"] - want["y"]).abs().max(), (got["y64"] - want["y64"]).abs().max(),
                                                     model[1].num_batches_tracked))
    sys.exit()

model = net()
sgd = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(3):
    sgd.zero_grad()
    nn.functional.cross_entropy(model(torch.randn(6, 1, 8, 8)), torch.tensor([0, 1, 2, 3, 4, 0])).backward()
    sgd.step()
save_file(model.state_dict(), "model.safetensors")
save_file(expected(model, torch.randn(2, 1, 8, 8)), "expected.safetensors")

values = {"bool": torch.tensor([True, False, True]), "empty": torch.zeros(0, 3), "scalar": torch.tensor(-0.0)}
for name, type in {"u8": torch.uint8, "i8": torch.int8, "i16": torch.int16, "u16": torch.uint16, "i32": torch.int32, "u32": torch.uint32,
                   "i64": torch.int64, "u64": torch.uint64}.items():
    values[name] = torch.tensor([[0, 1, 100], [2, 3, 127]]).to(type)
for name, type in {"f16": torch.float16, "bf16": torch.bfloat16, "f32": torch.float32, "f64": torch.float64}.items():
    values[name] = torch.tensor([0.1, -1.5, float("inf"), float("-inf"), 1e-40, 3e-8, 65504.0, 1.00390625], dtype=torch.float64).to(type)
values['quo"te\\ \n\u4e2d\U0001F600'] = torch.arange(3.0)
save_file(values, "types.safetensors", metadata={"note": 'a "quoted" \\ \t\x01\x7f < \u00e9'})

arrays = {"f2": np.array([0.1, -1.5, np.inf], "<f2"), "f4": np.arange(6, dtype="<f4").reshape(2, 3) / 7,
          "f8": np.arange(6, dtype=">f8").reshape(3, 2) / 7, "i1": np.array([-128, 127], "i1"), "u1": np.array([0, 255], "u1"),
          "i2": np.array([-300, 300], ">i2"), "u2": np.array([0, 65535], "<u2"), "i4": np.array([-1, 1 << 30], ">i4"),
          "i8": np.array([-5, 7], "<i8"), "b1": np.array([True, False]), "fortran": np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)),
          "scalar": np.array(2.5), "empty": np.zeros((0, 4), "<f4")}
np.savez("types.npz", **arrays)
np.savez_compressed("small.npz", **{"x": np.zeros((50, 40), "<f4")})
np.save("f4.npy", arrays["f4"])
np.save("fortran.npy", arrays["fortran"])
with open("version3.npy", "wb") as f:
    np.lib.format.write_array(f, arrays["f4"], version=(3, 0))
with open("version2.npy", "wb") as f:
    np.lib.format.write_array(f, arrays["f4"], version=(2, 0))
np.save("pickle.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save("record.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
