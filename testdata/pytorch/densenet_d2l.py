import torch
from torch import nn


class DenseLayer(nn.Module):
    def __init__(self, num_features: int):
        super().__init__()
        self.bn = nn.BatchNorm2d(num_features)
        self.relu = nn.ReLU()
        self.conv = nn.Conv2d(num_features, 32, kernel_size=3, padding=1)

    def forward(self, x):
        x = self.bn(x)
        x = self.relu(x)
        return self.conv(x)


class DenseBlock(nn.Module):
    def __init__(self, num_features: int, layer2_num_features: int, layer3_num_features: int, layer4_num_features: int):
        super().__init__()
        self.layer1 = DenseLayer(num_features)
        self.layer2 = DenseLayer(layer2_num_features)
        self.layer3 = DenseLayer(layer3_num_features)
        self.layer4 = DenseLayer(layer4_num_features)

    def forward(self, x):
        y = self.layer1(x)
        x = torch.cat([x, y], dim=1)
        y = self.layer2(x)
        x = torch.cat([x, y], dim=1)
        y = self.layer3(x)
        x = torch.cat([x, y], dim=1)
        y = self.layer4(x)
        return torch.cat([x, y], dim=1)


class Transition(nn.Module):
    def __init__(self, num_features: int, out_channels: int):
        super().__init__()
        self.bn = nn.BatchNorm2d(num_features)
        self.relu = nn.ReLU()
        self.conv = nn.Conv2d(num_features, out_channels, kernel_size=1)
        self.pool = nn.AvgPool2d(2)

    def forward(self, x):
        x = self.bn(x)
        x = self.relu(x)
        x = self.conv(x)
        return self.pool(x)


class DenseNetDiveIntoDeepLearning(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem_conv1 = nn.Conv2d(1, 64, kernel_size=7, stride=2, padding=3)
        self.stem_bn1 = nn.BatchNorm2d(64)
        self.stem_relu = nn.ReLU()
        self.stem_pool = nn.MaxPool2d(3, stride=2, padding=1)
        self.dense1 = DenseBlock(64, 96, 128, 160)
        self.trans1 = Transition(192, 96)
        self.dense2 = DenseBlock(96, 128, 160, 192)
        self.trans2 = Transition(224, 112)
        self.dense3 = DenseBlock(112, 144, 176, 208)
        self.trans3 = Transition(240, 120)
        self.dense4 = DenseBlock(120, 152, 184, 216)
        self.bn = nn.BatchNorm2d(248)
        self.relu = nn.ReLU()
        self.gap = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(248, 10)

    def forward(self, x):
        x = self.stem_conv1(x)
        x = self.stem_bn1(x)
        x = self.stem_relu(x)
        x = self.stem_pool(x)
        x = self.dense1(x)
        x = self.trans1(x)
        x = self.dense2(x)
        x = self.trans2(x)
        x = self.dense3(x)
        x = self.trans3(x)
        x = self.dense4(x)
        x = self.bn(x)
        x = self.relu(x)
        x = self.gap(x)
        x = self.flatten(x)
        return self.fc(x)
