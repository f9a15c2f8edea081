"""Makes the image files of this folder and expected.json: each file's pixels as Pillow reads them, transparent parts on white.

python make.py; needs Pillow 11 with NumPy, and ImageMagick 6 (`convert`) for files by a second program.
"""
import base64, json, os, subprocess, sys
import numpy as np
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)
W, H = 9, 6
rgb = Image.fromarray(rng.integers(0, 256, (H, W, 3), dtype=np.uint8))
smooth = Image.fromarray(np.linspace(0, 255, H * W * 3).reshape(H, W, 3).astype(np.uint8))
gray = rgb.convert('L')
alpha = Image.fromarray(rng.integers(0, 256, (H, W), dtype=np.uint8))
rgba = rgb.copy(); rgba.putalpha(alpha)
la = gray.copy(); la.putalpha(alpha)
expected = {}


def pixels(image):
    if image.mode in ('I;16', 'I;16B', 'I'):
        values = np.round(np.array(image).astype(np.float64) / 257).astype(np.uint8)
        return 1, values
    if image.mode in ('1', 'L'):
        return 1, np.array(image.convert('L'))
    if image.mode == 'LA' or (image.mode == 'L' and 'transparency' in image.info):
        data = np.array(image.convert('LA')).astype(np.float64)
        a = data[..., 1] / 255
        return 1, np.round(data[..., 0] * a + 255 * (1 - a)).astype(np.uint8)
    data = np.array(image.convert('RGBA')).astype(np.float64)
    a = data[..., 3:] / 255
    return 3, np.round(data[..., :3] * a + 255 * (1 - a)).astype(np.uint8)


def record(name, tolerance=0):
    from PIL import ImageOps
    with Image.open(os.path.join(here, name)) as image:
        channels, data = pixels(ImageOps.exif_transpose(image))
    expected[name] = dict(width=data.shape[1], height=data.shape[0], channels=channels, tolerance=tolerance,
                          pixels=base64.b64encode(data.tobytes()).decode())


def save(image, name, tolerance=0, **options):
    image.save(os.path.join(here, name), **options)
    record(name, tolerance)


def convert(name, *args, tolerance=0):
    subprocess.run(['/usr/bin/convert', os.path.join(here, 'rgb.png'), *args, os.path.join(here, name)], check=True)
    record(name.split(':')[-1], tolerance)


save(rgb, 'rgb.png')
save(gray, 'gray.png')
save(rgba, 'rgba.png')
save(la, 'gray-alpha.png')
save(rgb.quantize(8), 'palette.png')
save(gray.point(lambda v: 255 * (v > 127)).convert('1'), 'bilevel.png')
save(Image.fromarray((np.array(gray).astype(np.uint16) * 257 + 3)), 'gray16.png')
save(smooth, 'baseline.jpg', 2, quality=95, subsampling=0)
save(smooth, 'progressive.jpg', 2, quality=95, subsampling=0, progressive=True)
save(smooth.convert('L'), 'gray.jpg', 2, quality=95)
for orientation in range(1, 9):
    exif = Image.Exif(); exif[0x0112] = orientation
    save(smooth, f'orientation-{orientation}.jpg', 2, quality=95, subsampling=0, exif=exif)
save(rgb, 'lossless.webp', lossless=True)
save(smooth, 'lossy.webp', 4, quality=95)
save(rgba, 'alpha.webp', lossless=True, exact=True)
save(rgb, 'rgb.bmp')
save(gray, 'gray.bmp', 0)
save(rgb.quantize(8), 'palette.gif')
save(rgb.quantize(8), 'animated.gif', save_all=True, append_images=[rgb.rotate(180).quantize(8)])
save(rgb, 'rgb.tiff')
convert('magick.png', '-define', 'png:color-type=2', '-depth', '8')
convert('magick-interlaced.png', '-interlace', 'PNG')
convert('magick.bmp')
convert('magick.gif', '-colors', '16')
convert('magick.ppm')
json.dump(expected, open(os.path.join(here, 'expected.json'), 'w'), indent=1, sort_keys=True)
