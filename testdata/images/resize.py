"""Makes resize.json: images through torchvision 0.21 (Resize with antialias, CenterCrop) and Pillow 11 (gray).

python resize.py; all arrays are bytes [height, width, channels] in base64.
"""
import base64, json, os
import numpy as np
from PIL import Image
from torchvision import transforms as T

rng = np.random.default_rng(1)
modes = dict(bilinear=T.InterpolationMode.BILINEAR, bicubic=T.InterpolationMode.BICUBIC, nearest=T.InterpolationMode.NEAREST)
coded = lambda array: base64.b64encode(np.array(array).tobytes()).decode()
images, cases = [], []
for height, width, channels in [(30, 40, 3), (17, 23, 1), (64, 48, 3), (5, 7, 3)]:
    array = rng.integers(0, 256, (height, width, channels), dtype=np.uint8)
    image = Image.fromarray(array if channels == 3 else array[:, :, 0])
    at = len(images)
    images.append(dict(width=width, height=height, channels=channels, pixels=coded(array)))
    for size in [(28, 28), (64, 64), (10, 33), (1, 1), (9, 12)]:
        for mode, interpolation in modes.items():
            out = T.Resize(size, interpolation=interpolation, antialias=True)(image)
            cases.append(dict(image=at, transform=mode, height=size[0], width=size[1], pixels=coded(out)))
        cases.append(dict(image=at, transform='centerCrop', height=size[0], width=size[1], pixels=coded(T.CenterCrop(size)(image))))
    cases.append(dict(image=at, transform='gray', height=height, width=width, pixels=coded(image.convert('L'))))
json.dump(dict(images=images, cases=cases), open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'resize.json'), 'w'), indent=1)
