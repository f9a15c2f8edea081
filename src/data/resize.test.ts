import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { centerCrop, type Interpolation, type PixelImage, resize, toGray } from './resize.ts';

interface GoldenPixels {
  readonly width: number;
  readonly height: number;
  /** Base64 of bytes [height, width, channels]. */
  readonly pixels: string;
}
interface Case extends GoldenPixels {
  readonly image: number;
  readonly transform: Interpolation | 'centerCrop' | 'gray';
}

const file = new URL('../../testdata/images/resize.json', import.meta.url);
const { images, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly images: readonly (GoldenPixels & { readonly channels: number })[];
  readonly cases: readonly Case[];
};
const bytesOf = ({ pixels }: GoldenPixels): Uint8Array => new Uint8Array(Buffer.from(pixels, 'base64'));

function transformed(image: PixelImage, { transform, width, height }: Case): PixelImage {
  if (transform === 'gray') return toGray(image);
  return transform === 'centerCrop' ? centerCrop(image, width, height) : resize(image, width, height, transform);
}

it.each(
  cases.map((each) => [each.transform, images[each.image] as GoldenPixels & { channels: number }, each] as const),
)('%s is that of torchvision, byte for byte: image $height×$width', (_, image, wanted) => {
  const { pixels } = transformed({ ...image, pixels: bytesOf(image) }, wanted);
  expect(Buffer.from(pixels).equals(bytesOf(wanted))).toBe(true);
});

it('has at least eighty cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(80);
});
