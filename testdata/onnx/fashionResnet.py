"""Makes fashionResnet.onnx: a small residual network that PyTorch trained on Fashion-MNIST and exported, batch norm as it is.

    python fashionResnet.py FOLDER    FOLDER has the IDX files of Fashion-MNIST, gzipped
"""
import gzip
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn


class Residual(nn.Module):
    def __init__(self, channels_in, channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(channels_in, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.shortcut = None
        if stride != 1 or channels_in != channels:
            self.shortcut = nn.Sequential(
                nn.Conv2d(channels_in, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return torch.relu(y + (x if self.shortcut is None else self.shortcut(x)))


def images(path):
    return torch.tensor(np.frombuffer(gzip.open(path).read(), np.uint8, offset=16).reshape(-1, 1, 28, 28) / np.float32(255))


torch.manual_seed(0)
folder = Path(sys.argv[1])
x = images(folder / "train-images-idx3-ubyte.gz")
y = torch.tensor(np.frombuffer(gzip.open(folder / "train-labels-idx1-ubyte.gz").read(), np.uint8, offset=8).astype(np.int64))
net = nn.Sequential(
    nn.Conv2d(1, 8, 5, 2, 2, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
    Residual(8, 8), Residual(8, 8), Residual(8, 16, 2), Residual(16, 16),
    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))
optimizer = torch.optim.Adam(net.parameters(), 3e-3)
for rows in torch.randperm(12800).split(64):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
    loss.backward()
    optimizer.step()
net.eval()
with torch.no_grad():
    print("accuracy", (net(x[-2000:]).argmax(1) == y[-2000:]).float().mean().item())
torch.onnx.export(
    net, x[:1], Path(__file__).with_suffix(".onnx"), opset_version=17, training=torch.onnx.TrainingMode.PRESERVE,
    input_names=["image"], output_names=["logits"], dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})
