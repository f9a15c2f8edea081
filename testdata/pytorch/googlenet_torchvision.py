import torch
from torch import nn


class ConvUnit(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, kernel_size: int, stride: int, padding: int):
        super().__init__()
        self.conv = nn.Conv2d(
            in_channels,
            out_channels,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            bias=False,
        )
        self.bn = nn.BatchNorm2d(out_channels, eps=0.001)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        x = self.bn(x)
        return self.relu(x)


class Inception(nn.Module):
    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        branch2_reduce_out_channels: int,
        branch2_conv3x3_out_channels: int,
        branch3_reduce_out_channels: int,
        branch3_conv3x3_out_channels: int,
        branch4_proj_out_channels: int,
    ):
        super().__init__()
        self.branch1 = ConvUnit(in_channels, out_channels, kernel_size=1, stride=1, padding=0)
        self.branch2_reduce = ConvUnit(in_channels, branch2_reduce_out_channels, kernel_size=1, stride=1, padding=0)
        self.branch2_conv3x3 = ConvUnit(
            branch2_reduce_out_channels,
            branch2_conv3x3_out_channels,
            kernel_size=3,
            stride=1,
            padding=1,
        )
        self.branch3_reduce = ConvUnit(in_channels, branch3_reduce_out_channels, kernel_size=1, stride=1, padding=0)
        self.branch3_conv3x3 = ConvUnit(
            branch3_reduce_out_channels,
            branch3_conv3x3_out_channels,
            kernel_size=3,
            stride=1,
            padding=1,
        )
        self.branch4_pool = nn.MaxPool2d(3, stride=1, padding=1)
        self.branch4_proj = ConvUnit(in_channels, branch4_proj_out_channels, kernel_size=1, stride=1, padding=0)

    def forward(self, x):
        y = self.branch1(x)
        z = self.branch2_reduce(x)
        z = self.branch2_conv3x3(z)
        z2 = self.branch3_reduce(x)
        z2 = self.branch3_conv3x3(z2)
        x = self.branch4_pool(x)
        x = self.branch4_proj(x)
        return torch.cat([y, z, z2, x], dim=1)


class GoogLeNetTorchvision(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = ConvUnit(3, 64, kernel_size=7, stride=2, padding=3)
        self.pool1 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.conv2 = ConvUnit(64, 64, kernel_size=1, stride=1, padding=0)
        self.conv3 = ConvUnit(64, 192, kernel_size=3, stride=1, padding=1)
        self.pool2 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.i3a = Inception(192, 64, 96, 128, 16, 32, 32)
        self.i3b = Inception(256, 128, 128, 192, 32, 96, 64)
        self.pool3 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.i4a = Inception(480, 192, 96, 208, 16, 48, 64)
        self.i4b = Inception(512, 160, 112, 224, 24, 64, 64)
        self.i4c = Inception(512, 128, 128, 256, 24, 64, 64)
        self.i4d = Inception(512, 112, 144, 288, 32, 64, 64)
        self.i4e = Inception(528, 256, 160, 320, 32, 128, 128)
        self.pool4 = nn.MaxPool2d(2, ceil_mode=True)
        self.i5a = Inception(832, 256, 160, 320, 32, 128, 128)
        self.i5b = Inception(832, 384, 192, 384, 48, 128, 128)
        self.gap = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.drop = nn.Dropout(0.2)
        self.fc = nn.Linear(1024, 1000)

    def forward(self, x):
        x = self.conv1(x)
        x = self.pool1(x)
        x = self.conv2(x)
        x = self.conv3(x)
        x = self.pool2(x)
        x = self.i3a(x)
        x = self.i3b(x)
        x = self.pool3(x)
        x = self.i4a(x)
        x = self.i4b(x)
        x = self.i4c(x)
        x = self.i4d(x)
        x = self.i4e(x)
        x = self.pool4(x)
        x = self.i5a(x)
        x = self.i5b(x)
        x = self.gap(x)
        x = self.flatten(x)
        x = self.drop(x)
        return self.fc(x)
