"""Makes the image files of this folder and expected.json: each file's pixels as Pillow reads them, transparent parts on white.

python make.py; needs Pillow 11 with NumPy, and ImageMagick 6 (`convert`) and jpegtran for files by other programs. Files that are
there stay as they are.
"""
import base64, json, os, struct, subprocess, zlib
from io import BytesIO
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
expected_file = os.path.join(here, 'expected.json')
expected = json.load(open(expected_file)) if os.path.exists(expected_file) else {}


def path(name):
    return os.path.join(here, name)


def is_there(name):
    return name in expected and os.path.exists(path(name))


def pixels(image):
    if image.mode in ('I;16', 'I;16B', 'I'):
        values = np.round(np.array(image).astype(np.float64) / 257).astype(np.uint8)
        return 1, values
    if image.mode in ('1', 'L') and 'transparency' not in image.info:
        return 1, np.array(image.convert('L'))
    if image.mode == 'LA' or (image.mode == 'L' and 'transparency' in image.info):
        data = np.array(image.convert('RGBA').convert('LA')).astype(np.float64)
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
    if is_there(name): return
    image.save(path(name), **options)
    record(name, tolerance)


def convert(name, *args, tolerance=0, source='rgb.png', form=''):
    if is_there(name): return
    subprocess.run(['/usr/bin/convert', path(source), *args, form + path(name)], check=True)
    record(name, tolerance)


def write(name, data, pixels=None, tolerance=0):
    """A file byte by byte; `pixels` (height, width[, 3]) where Pillow does not read it."""
    if is_there(name): return
    open(path(name), 'wb').write(data)
    if pixels is None: return record(name, tolerance)
    pixels = np.asarray(pixels, dtype=np.uint8)
    expected[name] = dict(width=pixels.shape[1], height=pixels.shape[0], channels=1 if pixels.ndim == 2 else 3,
                          tolerance=tolerance, pixels=base64.b64encode(pixels.tobytes()).decode())


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

# PNG: every depth and color type.
four = rgb.quantize(4)
convert('magick-gray1.png', '-colorspace', 'Gray', '-threshold', '50%', '-define', 'png:bit-depth=1', '-define', 'png:color-type=0')
convert('magick-gray2.png', '-colorspace', 'Gray', '-posterize', '4', '-define', 'png:bit-depth=2', '-define', 'png:color-type=0')
convert('magick-gray4.png', '-colorspace', 'Gray', '-posterize', '16', '-define', 'png:bit-depth=4', '-define', 'png:color-type=0')
save(rgb.quantize(2), 'palette1.png', bits=1)
save(four, 'palette2.png', bits=2)
save(rgb.quantize(16), 'palette4.png', bits=4)
convert('magick-interlaced-palette.png', '-interlace', 'PNG', source='palette.png')
save(four, 'palette-transparent.png', transparency=2)
save(four, 'palette-alpha.png', transparency=bytes([255, 128, 0, 40]))
save(gray, 'gray-transparent.png', transparency=int(np.array(gray)[2, 3]))
save(rgb, 'rgb-transparent.png', transparency=tuple(int(v) for v in np.array(rgb)[2, 3]))
wide = rng.integers(0, 65536, (H, W, 4), dtype=np.uint16)
def png16(color_type, values):
    chunk = lambda kind, data: struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = b''.join(b'\0' + row.astype('>u2').tobytes() for row in values)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', W, H, 16, color_type, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
narrow = lambda values: np.floor(values.astype(np.float64) / 257 + 0.5)
def on_white(values):
    color, a = narrow(values[..., :-1]), narrow(values[..., -1:]) / 255
    return np.floor(color * a + 255 * (1 - a) + 0.5)
write('rgb16.png', png16(2, wide[..., :3]), narrow(wide[..., :3]))
write('rgba16.png', png16(6, wide), on_white(wide))
write('gray-alpha16.png', png16(4, wide[..., :2]), on_white(wide[..., :2])[..., 0])

# JPEG: sampling of colors, inks, Adobe's marker.
ramp = Image.fromarray((np.add.outer(np.arange(18) * 9, np.arange(21) * 4)[..., None] % 256 * np.array([1, 0.5, 0.25])).astype('u1'))
for name, sampling in ('444', 0), ('422', 1), ('420', 2):
    save(ramp, f'sampling-{name}.jpg', 3, quality=92, subsampling=sampling)
save(ramp, 'progressive-420.jpg', 3, quality=92, subsampling=2, progressive=True)
save(ramp.convert('L'), 'gray-progressive.jpg', 2, quality=92, progressive=True)
save(ramp.convert('CMYK'), 'cmyk-adobe.jpg', 3, quality=95)
convert('magick-ycck.jpg', '-colorspace', 'CMYK', '-quality', '95', source='sampling-444.jpg', tolerance=3)
def without_adobe(data):
    at = data.index(b'\xff\xee')
    return data[:at] + data[at + 2 + int.from_bytes(data[at + 2:at + 4], 'big'):]
write('cmyk-plain.jpg', without_adobe(open(path('cmyk-adobe.jpg'), 'rb').read()), tolerance=3)
save(ramp, 'rgb-adobe.jpg', 3, quality=95, keep_rgb=True)
def jpegtran(name, source, *args):
    if is_there(name): return
    write(name, subprocess.run(['jpegtran', *args, path(source)], check=True, capture_output=True).stdout, tolerance=3)
jpegtran('restart.jpg', 'sampling-420.jpg', '-restart', '1B')

# BMP: every depth, both compressions, and old and new headers.
two = rgb.convert('1')
save(two, '1bit.bmp')
save(rgba.convert('RGB').quantize(8), '8bit.bmp')
convert('magick-4bit.bmp', '-colors', '16', '-type', 'palette', form='BMP3:')
convert('magick-rle8.bmp', '-colors', '200', '-type', 'palette', '-compress', 'RLE', form='BMP3:')
convert('magick-os2.bmp', '-type', 'TrueColor', form='BMP2:')
convert('magick-565.bmp', '-define', 'bmp:subtype=RGB565', tolerance=1)
convert('magick-555.bmp', '-define', 'bmp:subtype=RGB555', tolerance=1)
save(rgba, '32bit.bmp')
convert('magick-alpha.bmp', source='rgba.png')
def bmp(width, height, bits, compression, colors, data):
    table = b''.join(bytes([b, g, r, 0]) for r, g, b in colors)
    start = 14 + 40 + len(table)
    return (b'BM' + struct.pack('<IHHI', start + len(data), 0, 0, start)
            + struct.pack('<IiiHHIIiiII', 40, width, height, 1, bits, compression, len(data), 0, 0, len(colors), 0) + table + data)
inks = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (9, 90, 200)]
# Rows from the bottom: four pixels 0101 and one 2; then 3, 3, 3, a jump of two.
write('rle4.bmp', bmp(5, 2, 4, 2, inks, bytes([4, 0x01, 1, 0x20, 0, 0, 0, 3, 0x33, 0x30, 2, 0x12, 0, 0, 0, 1])),
      [[inks[k] for k in (3, 3, 3, 1, 2)], [inks[k] for k in (0, 1, 0, 1, 2)]])
rows = np.array(rgb)[..., ::-1]
write('top-down.bmp', bmp(W, -H, 24, 0, [], b''.join(row.tobytes() + b'\0' for row in rows)))

# GIF: both versions, transparency, a first frame smaller than the image, interlacing.
convert('magick-87.gif', '-colors', '8', form='GIF87:')
save(four, 'transparent.gif', transparency=1)
convert('magick-interlaced.gif', '-colors', '32', '-interlace', 'GIF')
convert('magick-large.gif', '-resize', '60x50!', '+noise', 'Uniform', '-seed', '1', '-colors', '256')
def small_frame():

    file = BytesIO(); four.save(file, 'GIF', interlace=0)
    data = bytearray(file.getvalue())
    data[6:10] = struct.pack('<HH', W + 4, H + 3)
    at = data.index(b',', 13 + 3 * 2 ** ((data[10] & 7) + 1))
    data[at + 1:at + 5] = struct.pack('<HH', 3, 1)
    return bytes(data)
framed = np.full((H + 3, W + 4, 3), 255)
framed[1:1 + H, 3:3 + W] = np.array(four.convert('RGB'))
write('small-frame.gif', small_frame(), framed)

# WebP: animated, alpha with loss, EXIF orientation.
save(rgb, 'animated.webp', save_all=True, append_images=[rgb.rotate(180)], lossless=True)
save(rgba, 'animated-alpha.webp', save_all=True, append_images=[rgba.rotate(180)], lossless=True, exact=True)
save(Image.merge('RGBA', (*ramp.split(), Image.linear_gradient('L').resize(ramp.size))), 'lossy-alpha.webp', 6, quality=95)
exif = Image.Exif(); exif[0x0112] = 6
save(rgb, 'orientation-6.webp', lossless=True, exif=exif)
save(rgb, 'orientation-6.png', exif=exif)

# TIFF and PNM.
save(smooth, 'orientation-8.tiff', tiffinfo={0x0112: 8})
save(ramp.convert('CMYK'), 'cmyk.tiff', 3)
convert('magick-lzw.tiff', '-compress', 'LZW')
convert('magick-zip.tiff', '-compress', 'Zip', '-endian', 'MSB')
convert('magick-gray16.tiff', '-colorspace', 'Gray', '-depth', '16', tolerance=1)
convert('magick-ascii.ppm', '-compress', 'none')
convert('magick.pgm', '-colorspace', 'Gray')
convert('magick.pbm', '-threshold', '50%')
json.dump(expected, open(expected_file, 'w'), indent=1, sort_keys=True)
