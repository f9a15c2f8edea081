import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decodeImage.ts';

const folder = new URL('../../../testdata/images/', import.meta.url);
const read = (name: string): Uint8Array => readFileSync(new URL(name, folder));

interface ExpectedImage {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Largest difference of a byte: lossy formats leave room to the decoder. */
  readonly tolerance: number;
  /** Base64 of bytes [height, width, channels]. */
  readonly pixels: string;
}

const expected = JSON.parse(new TextDecoder().decode(read('expected.json'))) as Record<string, ExpectedImage>;

describe('images of other programs', () => {
  it.each(Object.entries(expected))('%s has the pixels that Pillow reads', async (name, {
    pixels,
    tolerance,
    ...size
  }) => {
    const image = await decodeImage(read(name));
    expect({ width: image.width, height: image.height, channels: image.channels }).toEqual(size);
    const wanted = Buffer.from(pixels, 'base64');
    const off = Math.max(...image.pixels.map((value, at) => Math.abs(value - (wanted[at] as number))));
    expect(off).toBeLessThanOrEqual(tolerance);
  });
});

describe('files that are no image', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['a cut-off PNG', read('rgb.png').subarray(0, 60)],
    ['a cut-off GIF', read('palette.gif').subarray(0, 30)],
    ['text', new TextEncoder().encode('GIF89a is a format')],
  ])('%s is refused with a reason', async (_, bytes) => {
    await expect(decodeImage(bytes)).rejects.toThrow(/\w/);
  });
});
