from torch import nn


class Reshape(nn.Module):
    """Gives every sample another shape."""

    def __init__(self, shape: tuple[int, ...]):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(-1, *self.shape)


class ResidualBlock(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.relu2 = nn.ReLU()

    def forward(self, x):
        y = self.conv1(x)
        y = self.bn1(y)
        y = self.relu1(y)
        y = self.conv2(y)
        y = self.bn2(y)
        y = y + x
        return self.relu2(y)


class ResidualStage(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(*(ResidualBlock(16) for _ in range(3)))

    def forward(self, x):
        return self.blocks(x)


class ZeroPaddedShortcut(nn.Module):
    def __init__(
        self,
        shape: tuple[int, int, int],
        padding: tuple[int, int, int, int],
        maps_shape: tuple[int, int, int],
    ):
        super().__init__()
        self.pick = nn.AvgPool2d(1, stride=2)
        self.rows = Reshape(shape)
        self.pad = nn.ZeroPad2d(padding)
        self.maps = Reshape(maps_shape)

    def forward(self, x):
        x = self.pick(x)
        x = self.rows(x)
        x = self.pad(x)
        return self.maps(x)


class ResidualBlock2(nn.Module):
    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        shape: tuple[int, int, int],
        padding: tuple[int, int, int, int],
        maps_shape: tuple[int, int, int],
    ):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.shortcut = ZeroPaddedShortcut(shape=shape, padding=padding, maps_shape=maps_shape)
        self.relu2 = nn.ReLU()

    def forward(self, x):
        y = self.conv1(x)
        y = self.bn1(y)
        y = self.relu1(y)
        y = self.conv2(y)
        y = self.bn2(y)
        x = self.shortcut(x)
        y = y + x
        return self.relu2(y)


class ResidualStage2(nn.Module):
    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        shape: tuple[int, int, int],
        padding: tuple[int, int, int, int],
        maps_shape: tuple[int, int, int],
    ):
        super().__init__()
        self.block1 = ResidualBlock2(in_channels, out_channels, shape=shape, padding=padding, maps_shape=maps_shape)
        self.blocks = nn.Sequential(*(ResidualBlock(out_channels) for _ in range(2)))

    def forward(self, x):
        x = self.block1(x)
        return self.blocks(x)


class ResNet20ForCIFAR10(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem_conv1 = nn.Conv2d(3, 16, kernel_size=3, padding=1, bias=False)
        self.stem_bn1 = nn.BatchNorm2d(16)
        self.stem_relu = nn.ReLU()
        self.stage1 = ResidualStage()
        self.stage2 = ResidualStage2(16, 32, shape=(1, 16, 256), padding=(0, 0, 8, 8), maps_shape=(32, 16, 16))
        self.stage3 = ResidualStage2(32, 64, shape=(1, 32, 64), padding=(0, 0, 16, 16), maps_shape=(64, 8, 8))
        self.gap = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = self.stem_conv1(x)
        x = self.stem_bn1(x)
        x = self.stem_relu(x)
        x = self.stage1(x)
        x = self.stage2(x)
        x = self.stage3(x)
        x = self.gap(x)
        x = self.flatten(x)
        return self.fc(x)
