"""Golden values of frozen batch normalization, from PyTorch: python testdata/frozen/make.py

A small network takes three steps of SGD with its convolution and batch norm frozen (requires_grad=False), once with the
batch norm in train mode and once in eval mode. Writes frozen.json beside this file.
"""

import json
from pathlib import Path

import torch
from torch import nn

STEPS, BATCH, SIDE, RATE = 3, 4, 4, 0.1


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 3, 3)
        self.bn = nn.BatchNorm2d(3)
        self.fc = nn.Linear(3 * (SIDE - 2) ** 2, 2)

    def forward(self, x):
        return self.fc(torch.relu(self.bn(self.conv(x))).flatten(1))


def values(tensor):
    return [float(value) for value in tensor.detach().flatten()]


def course(mode):
    torch.manual_seed(7)
    net = Net()
    with torch.no_grad():
        net.bn.running_mean.uniform_(-0.3, 0.3)
        net.bn.running_var.uniform_(0.5, 1.5)
        net.bn.weight.uniform_(0.5, 1.5)
    initial = {name: values(tensor) for name, tensor in net.state_dict().items() if "num_batches" not in name}
    for module in (net.conv, net.bn):
        for parameter in module.parameters():
            parameter.requires_grad_(False)
    net.train()
    if mode == "eval":
        net.bn.eval()
    optimizer = torch.optim.SGD(net.fc.parameters(), lr=RATE)
    images = torch.rand(STEPS, BATCH, 2, SIDE, SIDE)
    labels = torch.randint(0, 2, (STEPS, BATCH))
    losses = []
    for x, y in zip(images, labels):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    final = {name: values(tensor) for name, tensor in net.state_dict().items() if "num_batches" not in name}
    start = {"images": values(images), "labels": labels.flatten().tolist(), "initial": initial}
    return start, {"losses": losses, "final": final}


# Both start alike, because the seed is the same.
(start, train), (_, evaluated) = course("train"), course("eval")
path = Path(__file__).with_name("frozen.json")
path.write_text(json.dumps({"torch": torch.__version__, **start, "train": train, "eval": evaluated}) + "\n")
