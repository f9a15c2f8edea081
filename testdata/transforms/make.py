"""Makes cases.json: images through torchvision 0.21 (transforms.v2.functional on uint8 tensors; Resize through Pillow).

python make.py; all arrays are bytes [channels, height, width] in base64; floats are little-endian float32.
"""
import base64, json, os
import numpy as np, torch
from PIL import Image
from torchvision.transforms import InterpolationMode as I
from torchvision.transforms.v2 import functional as F

rng = np.random.default_rng(2)
coded = lambda array: base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
def photo(c, h, w):
    y, x = np.mgrid[0:h, 0:w]
    waves = [127 + 80 * np.sin(x / (2.5 + k) + k) * np.cos(y / (3.5 - k)) for k in range(c)]
    return np.clip(np.array(waves) + rng.normal(0, 25, (c, h, w)), 0, 255).astype(np.uint8)
arrays = [photo(3, 17, 23), photo(1, 12, 12), photo(3, 9, 9), photo(1, 1, 1), photo(3, 20, 8)]
images = [dict(shape=list(a.shape), pixels=coded(a)) for a in arrays]
cases = []
def add(at, op, args, out):
    cases.append(dict(image=at, op=op, args=args, shape=list(out.shape), pixels=coded(out.numpy())))
for at, array in enumerate(arrays):
    t = torch.from_numpy(array)
    c, h, w = array.shape
    pil = Image.fromarray(array[0] if c == 1 else array.transpose(1, 2, 0))
    for height, width in [(7, 11), (24, 19)]:
        for name, mode in [('bilinear', I.BILINEAR), ('bicubic', I.BICUBIC), ('box', I.BOX), ('nearest', I.NEAREST)]:
            if name == 'box' or at < 2: add(at, 'resize', [height, width, name], F.pil_to_tensor(F.resize(pil, [height, width], mode, antialias=True)))
        add(at, 'centerCrop', [height, width], F.center_crop(t, [height, width]))
    for name, mode in [('bilinear', I.BILINEAR), ('bicubic', I.BICUBIC)]:
        add(at, 'resizeTensor', [13, 6, name], F.resize(t, [13, 6], mode, antialias=True))
    add(at, 'horizontalFlip', [], F.horizontal_flip(t))
    add(at, 'verticalFlip', [], F.vertical_flip(t))
    for mode in ['constant', 'edge', 'reflect', 'symmetric']:
        if min(h, w) > 4: add(at, 'pad', [[1, 2, 3, 4], mode, 9], F.pad(t, [1, 2, 3, 4], fill=9, padding_mode=mode))
    add(at, 'pad', [[2, 0, 1, 3], 'edge', 0], F.pad(t, [2, 0, 1, 3], padding_mode='edge'))
    for angle in [0, 90, 180, 270, -90, 12.3, -33, 45.7, 181.5]:
        for name, mode in [('nearest', I.NEAREST), ('bilinear', I.BILINEAR)]:
            if angle == int(angle) and name == 'nearest' and angle % 90 == 0 or angle % 90: add(at, 'rotate', [angle, name, 40], F.rotate(t, angle, mode, fill=40))
    for angle, translate, scale, shear in [(10.5, [2, -1], 1.13, [3.3, 0.0]), (-71.2, [0, 3], 0.87, [-8.1, 5.2])]:
        for name, mode in [('nearest', I.NEAREST), ('bilinear', I.BILINEAR)]:
            add(at, 'affine', [angle, translate, scale, shear, name, 40], F.affine(t, angle, translate, scale, shear, mode, fill=40))
    add(at, 'affine', [0, [0, 0], 1, [11.3, 0.0], 'bilinear', None, [0, 0]], F.affine(t, 0, [0, 0], 1.0, [11.3, 0.0], I.BILINEAR, fill=None, center=[0, 0]))
    if min(h, w) > 4:
        start = [[0, 0], [w - 1, 0], [w - 1, h - 1], [0, h - 1]]
        for end in [[[1, 0], [w - 2, 2], [w - 1, h - 3], [2, h - 1]], [[0, 2], [w - 3, 0], [w - 2, h - 1], [1, h - 2]]]:
            for name, mode in [('nearest', I.NEAREST), ('bilinear', I.BILINEAR)]:
                add(at, 'perspective', [sum(start, []), sum(end, []), name, 40], F.perspective(t, start, end, mode, fill=40))
        for kernel, sigma in [([3, 3], 0.7), ([5, 3], 1.9), ([7, 7], 0.3)]:
            add(at, 'gaussianBlur', [*kernel, sigma, sigma], F.gaussian_blur(t, kernel, [sigma, sigma]))
        add(at, 'erase', [1, 2, 3, 4, 77], F.erase(t, 1, 2, 3, 4, torch.tensor([77], dtype=torch.uint8)[:, None, None]))
    for factor in [0, 0.37, 1, 1.6]:
        add(at, 'brightness', [factor], F.adjust_brightness(t, factor))
        add(at, 'contrast', [factor], F.adjust_contrast(t, factor))
        add(at, 'saturation', [factor], F.adjust_saturation(t, factor))
        add(at, 'sharpness', [factor], F.adjust_sharpness(t, factor))
    for factor in [-0.5, -0.13, 0.07, 0.5]: add(at, 'hue', [factor], F.adjust_hue(t, factor))
    for channels in [1, 3]: add(at, 'grayscale', [channels], F.rgb_to_grayscale(t, channels))
    for bits in [1, 4, 8]: add(at, 'posterize', [bits], F.posterize(t, bits))
    for threshold in [0, 100.5, 255]: add(at, 'solarize', [threshold], F.solarize(t, threshold))
    add(at, 'autocontrast', [], F.autocontrast(t))
    add(at, 'equalize', [], F.equalize(t))
    mean, std = [0.485, 0.456, 0.406][:c], [0.229, 0.224, 0.225][:c]
    add(at, 'normalize', [mean, std], F.normalize(F.to_dtype(t, torch.float32, scale=True), mean, std))
json.dump(dict(images=images, cases=cases), open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'cases.json'), 'w'))
print(len(cases))
