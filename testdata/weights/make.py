"""Files with the weights of one small network, as PyTorch writes them: python testdata/weights/make.py

torch.safetensors has the names of the state dict, half.safetensors the same in float16, torch.onnx is written by the
TorchScript exporter with constants folded off, and matmul.onnx keeps the matrix of the linear layer as [inputs, outputs].
"""

import json
import struct
from pathlib import Path

import torch
from torch import nn

here = Path(__file__).parent


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 2, 3, bias=False), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten())
        self.fc = nn.Linear(8, 8)

    def forward(self, x):
        return self.fc(self.features(x))


class Turned(Net):
    def forward(self, x):
        return self.features(x) @ self.fc.weight.t().contiguous() + self.fc.bias


def save(path, tensors):
    """The safetensors format: length of the header, header, values."""
    header, data = {}, b""
    for name, tensor in sorted(tensors.items()):
        kind = {torch.float32: "F32", torch.float16: "F16", torch.int64: "I64"}[tensor.dtype]
        values = tensor.contiguous().numpy().tobytes()
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


torch.manual_seed(3)
net = Net()
with torch.no_grad():
    for tensor in net.state_dict().values():
        if tensor.dtype == torch.float32:
            # Exact in float16.
            tensor.copy_(torch.randint(-64, 64, tensor.shape) / 64)
    net.features[1].running_var.abs_()
net.eval()
state = net.state_dict()
save(here / "torch.safetensors", state)
save(here / "half.safetensors", {name: t.half() if t.dtype == torch.float32 else t for name, t in state.items()})
for name, module in (("torch", net), ("matmul", Turned())):
    module.load_state_dict(state)
    module.eval()
    torch.onnx.export(
        module,
        torch.zeros(1, 1, 4, 4),
        here / f"{name}.onnx",
        dynamo=False,
        do_constant_folding=name == "matmul",
        training=torch.onnx.TrainingMode.PRESERVE,
    )
