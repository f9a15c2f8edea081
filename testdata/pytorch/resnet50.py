from torch import nn


class Bottleneck(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, stride: int, conv3_out_channels: int):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, stride=stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.relu2 = nn.ReLU()
        self.conv3 = nn.Conv2d(out_channels, conv3_out_channels, kernel_size=1, bias=False)
        self.bn3 = nn.BatchNorm2d(conv3_out_channels)
        self.shortcut_conv1x1 = nn.Conv2d(in_channels, conv3_out_channels, kernel_size=1, stride=stride, bias=False)
        self.shortcut_bn = nn.BatchNorm2d(conv3_out_channels)
        self.relu3 = nn.ReLU()

    def forward(self, x):
        y = self.conv1(x)
        y = self.bn1(y)
        y = self.relu1(y)
        y = self.conv2(y)
        y = self.bn2(y)
        y = self.relu2(y)
        y = self.conv3(y)
        y = self.bn3(y)
        x = self.shortcut_conv1x1(x)
        x = self.shortcut_bn(x)
        y = y + x
        return self.relu3(y)


class Bottleneck2(nn.Module):
    def __init__(self, channels: int, out_channels: int):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, out_channels, kernel_size=1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.relu2 = nn.ReLU()
        self.conv3 = nn.Conv2d(out_channels, channels, kernel_size=1, bias=False)
        self.bn3 = nn.BatchNorm2d(channels)
        self.relu3 = nn.ReLU()

    def forward(self, x):
        y = self.conv1(x)
        y = self.bn1(y)
        y = self.relu1(y)
        y = self.conv2(y)
        y = self.bn2(y)
        y = self.relu2(y)
        y = self.conv3(y)
        y = self.bn3(y)
        y = y + x
        return self.relu3(y)


class ResidualStage(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, stride: int, conv3_out_channels: int, blocks: int):
        super().__init__()
        self.block1 = Bottleneck(in_channels, out_channels, stride=stride, conv3_out_channels=conv3_out_channels)
        self.blocks = nn.Sequential(*(Bottleneck2(conv3_out_channels, out_channels) for _ in range(blocks)))

    def forward(self, x):
        x = self.block1(x)
        return self.blocks(x)


class ResNet50(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem_conv1 = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False)
        self.stem_bn1 = nn.BatchNorm2d(64)
        self.stem_relu = nn.ReLU()
        self.stem_pool = nn.MaxPool2d(3, stride=2, padding=1)
        self.stage1 = ResidualStage(64, 64, stride=1, conv3_out_channels=256, blocks=2)
        self.stage2 = ResidualStage(256, 128, stride=2, conv3_out_channels=512, blocks=3)
        self.stage3 = ResidualStage(512, 256, stride=2, conv3_out_channels=1024, blocks=5)
        self.stage4 = ResidualStage(1024, 512, stride=2, conv3_out_channels=2048, blocks=2)
        self.gap = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(2048, 1000)

    def forward(self, x):
        x = self.stem_conv1(x)
        x = self.stem_bn1(x)
        x = self.stem_relu(x)
        x = self.stem_pool(x)
        x = self.stage1(x)
        x = self.stage2(x)
        x = self.stage3(x)
        x = self.stage4(x)
        x = self.gap(x)
        x = self.flatten(x)
        return self.fc(x)
