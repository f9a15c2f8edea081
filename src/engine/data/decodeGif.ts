import type { PixelImage } from '../../data/resize.ts';
import { same } from '../../text.ts';
import { cutOff, damaged, ImageFault } from './imageFault.ts';

/** Bytes of a file, read from the front. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Throws ImageFault where fewer bytes are left. */
  take(count: number): Uint8Array {
    if (this.#at + count > this.#bytes.length) throw cutOff();
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  byte(): number {
    return this.take(1)[0] as number;
  }

  uint16(): number {
    const [low, high] = this.take(2) as unknown as [number, number];
    return low + 0x100 * high;
  }

  /** The blocks of up to 255 bytes that a block of no bytes ends, joined. */
  blocks(): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let size = this.byte(); size > 0; size = this.byte()) parts.push(this.take(size));
    return Buffer.concat(parts);
  }
}

const MOST_CODES = 4096;

/** Values that LZW codes of growing width stand for (GIF89a, appendix F). Throws ImageFault where they are fewer than `count`. */
function unpackedCodes(packed: Uint8Array, width: number, count: number): Uint8Array {
  if (width < 1 || width > 8) throw damaged('GIF', { en: 'its codes have an impossible size', zh: 'LZW 码长无效' });
  const clear = 1 << width;
  // Each code stands for the values of another code, and one more.
  const [before, last] = [new Uint16Array(MOST_CODES), new Uint8Array(MOST_CODES)];
  for (let code = 0; code < clear; code++) last[code] = code;
  const out = new Uint8Array(count);
  const values: number[] = [];
  let [done, next, size, previous] = [0, clear + 2, width + 1, -1];
  let [bits, held, at] = [0, 0, 0];
  while (done < count) {
    for (; held < size; held += 8) {
      if (at === packed.length) throw damaged('GIF', { en: 'pixels are missing', zh: '缺少像素' });
      bits |= (packed[at++] as number) << held;
    }
    const code = bits & ((1 << size) - 1);
    bits >>= size;
    held -= size;
    if (code === clear) {
      [next, size, previous] = [clear + 2, width + 1, -1];
      continue;
    }
    if (code === clear + 1) throw damaged('GIF', { en: 'pixels are missing', zh: '缺少像素' });
    const isNew = code === next && previous >= 0;
    if (code > next || (code === next && !isNew))
      throw damaged('GIF', { en: 'a code is not defined', zh: 'LZW 编码未定义' });
    // The code being defined stands for the values of the previous one, with its first value again.
    let each = isNew ? previous : code;
    for (values.length = 0; each >= clear; each = before[each] as number) values.push(last[each] as number);
    values.push(each);
    if (previous >= 0 && next < MOST_CODES) {
      before[next] = previous;
      last[next] = each;
      next++;
      if (next === 1 << size && size < 12) size++;
    }
    for (let k = values.length - 1; k >= 0 && done < count; k--) out[done++] = values[k] as number;
    if (isNew && done < count) out[done++] = each;
    previous = code;
  }
  return out;
}

/** Row of the image that the row `row` of an interlaced GIF holds. */
function interlacedRows(height: number): number[] {
  const passes = [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const;
  return passes.flatMap(([first, step]) =>
    Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, k) => first + k * step),
  );
}

/**
 * The first frame of a GIF file as RGBA, on its canvas, which is transparent where the frame does not cover it. Throws ImageFault
 * where the file is damaged. The caller checks the size before.
 */
export function decodeGif(bytes: Uint8Array): PixelImage {
  const reader = new Reader(bytes);
  const version = String.fromCharCode(...reader.take(6));
  if (!/^GIF8[79]a$/.test(version)) throw damaged('GIF', same('GIF87a, GIF89a'));
  const [width, height, flags] = [reader.uint16(), reader.uint16(), reader.byte()];
  reader.take(2);
  const colors = flags & 0x80 ? reader.take(3 << ((flags & 7) + 1)) : null;
  let transparent = -1;
  for (;;) {
    const kind = reader.byte();
    if (kind === 0x2c) return frame(reader, { width, height }, colors, transparent);
    if (kind !== 0x21)
      throw kind === 0x3b
        ? new ImageFault({ en: 'the GIF has no image', zh: 'GIF 中没有图像' })
        : damaged('GIF', same(`0x${kind.toString(16)}`));
    const label = reader.byte();
    const block = reader.blocks();
    if (label === 0xf9 && block.length >= 4) transparent = (block[0] as number) & 1 ? (block[3] as number) : -1;
  }
}

function frame(
  reader: Reader,
  canvas: { readonly width: number; readonly height: number },
  shared: Uint8Array | null,
  transparent: number,
): PixelImage {
  const [left, top, width, height] = [reader.uint16(), reader.uint16(), reader.uint16(), reader.uint16()];
  const flags = reader.byte();
  const colors = flags & 0x80 ? reader.take(3 << ((flags & 7) + 1)) : shared;
  if (colors === null) throw damaged('GIF', { en: 'the palette is missing', zh: '缺少调色板' });
  if (canvas.width === 0 || canvas.height === 0) throw damaged('GIF', { en: 'its size is 0', zh: '尺寸为 0' });
  if (left + width > canvas.width || top + height > canvas.height) {
    throw damaged('GIF', { en: 'the frame is larger than the image', zh: '帧大于图像' });
  }
  const codeWidth = reader.byte();
  const codes = unpackedCodes(reader.blocks(), codeWidth, width * height);
  const rows = flags & 0x40 ? interlacedRows(height) : null;
  const pixels = new Uint8Array(4 * canvas.width * canvas.height);
  for (let y = 0; y < height; y++) {
    const row = (top + (rows === null ? y : (rows[y] as number))) * canvas.width + left;
    for (let x = 0; x < width; x++) {
      const color = codes[y * width + x] as number;
      if (color === transparent) continue;
      if (3 * color >= colors.length)
        throw damaged('GIF', { en: 'a color is not in the palette', zh: '颜色不在调色板中' });
      pixels.set(colors.subarray(3 * color, 3 * color + 3), 4 * (row + x));
      pixels[4 * (row + x) + 3] = 255;
    }
  }
  return { ...canvas, channels: 4, pixels };
}
