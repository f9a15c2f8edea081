/** Channels, height and width. */
export type ImageShape = readonly [channels: number, height: number, width: number];

/**
 * One image, [C, H, W], row-major. Images are bytes up to `Normalize`, which makes floats and is therefore the last
 * transform: bytes are what files hold, take a quarter of the memory, and are what torchvision's PIL images are.
 */
export interface Image<Pixels extends Uint8Array | Float32Array = Uint8Array | Float32Array> {
  readonly shape: ImageShape;
  readonly pixels: Pixels;
}
export type ByteImage = Image<Uint8Array>;

export const plane = ([, height, width]: ImageShape): number => height * width;

/** A black image of that shape. */
export const blank = (shape: ImageShape): ByteImage => ({ shape, pixels: new Uint8Array(shape[0] * plane(shape)) });

/** Rounds to an integer; halves go to the even neighbor, as in Python and PyTorch. */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}
