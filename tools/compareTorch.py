"""PyTorch's half of compareTorch.mjs: builds networks of testdata/networks.json's form and times eager training steps.

Takes one JSON command a line on stdin and answers each with one line on stdout.
"""

import json
import os
import sys
import time


def say(**answer):
    print(json.dumps(answer), flush=True)


try:
    import torch
    from torch import nn
except ImportError as error:
    say(error=str(error))
    sys.exit(0)


def layer(kind, h):
    window = lambda: dict(kernel_size=h["kernel"], stride=h["stride"], padding=h["padding"])
    if kind == "Conv2d":
        return nn.LazyConv2d(h["out_channels"], **window(), groups=h["groups"], bias=h["bias"])
    if kind == "Linear":
        return nn.LazyLinear(h["out_features"], bias=h["bias"])
    if kind == "MaxPool2d":
        return nn.MaxPool2d(**window(), ceil_mode=h["ceil_mode"])
    if kind == "AvgPool2d":
        return nn.AvgPool2d(**window(), ceil_mode=h["ceil_mode"], count_include_pad=h["count_include_pad"])
    if kind == "AdaptiveAvgPool2d":
        return nn.AdaptiveAvgPool2d(h["output_size"])
    if kind == "BatchNorm2d":
        return nn.LazyBatchNorm2d(eps=h["eps"], momentum=h["momentum"])
    simple = {"ReLU": nn.ReLU, "Sigmoid": nn.Sigmoid, "Flatten": nn.Flatten}
    if kind in simple:
        return simple[kind]()
    if kind == "Dropout":
        return nn.Dropout(h["p"])
    raise ValueError(f"layer type {kind}")


class Network(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = layers
        merged = ("Add", "Concat", "ZeroPadShortcut")
        self.parts = nn.ModuleDict(
            {l["name"].replace(".", "/"): layer(l["type"], l["hyperparameters"]) for l in layers if l["type"] not in merged}
        )

    def forward(self, x):
        values = {"input": x}
        for l in self.layers:
            xs, h = [values[name] for name in l["inputs"]], l["hyperparameters"]
            if l["type"] == "Add":
                y = xs[0] + xs[1]
            elif l["type"] == "Concat":
                y = torch.cat(xs, h["dim"])
            elif l["type"] == "ZeroPadShortcut":
                s = h["stride"]
                y = nn.functional.pad(xs[0][:, :, ::s, ::s], (0, 0, 0, 0, h["pad_before"], h["pad_after"]))
            else:
                y = self.parts[l["name"].replace(".", "/")](xs[0])
            values[l["name"]] = y
        return y


class Training:
    def __init__(self, network, batch, channels_last):
        torch.manual_seed(0)
        self.x = torch.rand(batch, *network["input_shape"])
        self.y = torch.randint(0, 2, (batch,))
        self.net = Network(network["layers"])
        self.net(self.x)
        if channels_last:
            self.net = self.net.to(memory_format=torch.channels_last)
            if self.x.dim() == 4:
                self.x = self.x.to(memory_format=torch.channels_last)
        self.net.train()
        self.loss = nn.CrossEntropyLoss()
        self.sgd = torch.optim.SGD(self.net.parameters(), lr=1e-6, momentum=0.9, weight_decay=1e-4)

    def step(self):
        self.sgd.zero_grad(set_to_none=True)
        self.loss(self.net(self.x), self.y).backward()
        self.sgd.step()


torch.set_num_threads(int(sys.argv[1]))
torch.set_flush_denormal(True)
say(version=torch.__version__, threads=torch.get_num_threads(), onednn=torch.backends.mkldnn.is_available())

import warnings

warnings.filterwarnings("ignore")
open_now = {}
for line in sys.stdin:
    command = json.loads(line)
    if command["do"] == "open":
        network, batch = command["network"], command["batch"]
        open_now = {f: Training(network, batch, f == "channels_last") for f in ("nchw", "channels_last")}
        say(params=sum(p.numel() for p in open_now["nchw"].net.parameters()))
    else:
        training, times = open_now[command["format"]], []
        for _ in range(command["steps"]):
            start = time.perf_counter()
            training.step()
            times.append((time.perf_counter() - start) * 1e3)
        say(times=times)
