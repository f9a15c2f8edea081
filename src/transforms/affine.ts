import { numbers } from '../layers/config.ts';
import type { Text } from '../text.ts';
import { fill, fillOf, interpolation, perChannel, short } from './fields.ts';
import { type GridInterpolation, type Projection, sampleGrid } from './grid.ts';
import { type ByteImage, blank, type ImageShape, plane, roundHalfEven } from './image.ts';
import { between, defineTransform } from './transform.ts';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export interface AffineMap {
  /** Degrees, clockwise. */
  readonly angle: number;
  /** Pixels to the right and down. */
  readonly translate: readonly [number, number];
  readonly scale: number;
  /** Degrees along x and y. */
  readonly shear: readonly [number, number];
  /** Column and row that stay in place; the middle of the image by default. */
  readonly center?: readonly [number, number];
}

/** From output to input pixels: the inverse of `_get_inverse_affine_matrix` in torchvision, about the image's center. */
function projectionOf(
  { angle, translate, scale, shear, center }: AffineMap,
  [, height, width]: ImageShape,
): Projection {
  const [turn, shearX, shearY] = [radians(angle), radians(shear[0]), radians(shear[1])];
  const a = Math.cos(turn - shearY) / Math.cos(shearY);
  const b = -(a * Math.tan(shearX) + Math.sin(turn));
  const c = Math.sin(turn - shearY) / Math.cos(shearY);
  const d = Math.cos(turn) - c * Math.tan(shearX);
  const [xx, xy, yx, yy] = [d / scale, -b / scale, -c / scale, a / scale];
  const [centerX, centerY] = center ? [center[0] - width / 2, center[1] - height / 2] : [0, 0];
  const [movedX, movedY] = [centerX + translate[0], centerY + translate[1]];
  const offsetX = centerX - xx * movedX - xy * movedY;
  const offsetY = centerY - yx * movedX - yy * movedY;
  const [halfX, halfY] = [width / 2, height / 2];
  return {
    coefficients: [xx / halfX, xy / halfX, offsetX / halfX, yx / halfY, yy / halfY, offsetY / halfY, 0, 0],
    left: (1 - width) / 2,
    top: (1 - height) / 2,
    shift: 0,
  };
}

/** `torchvision.transforms.v2.functional.affine`, tensor backend; `fill` in bytes, one per channel. */
export const affine = (
  image: ByteImage,
  map: AffineMap,
  interpolation: GridInterpolation,
  fill: readonly number[] | null,
): ByteImage => sampleGrid(image, projectionOf(map, image.shape), interpolation, fill);

/** Quarter turns counterclockwise of a square image. */
function quarterTurns(image: ByteImage, turns: 1 | 3): ByteImage {
  const [channels, size] = image.shape;
  const out = blank(image.shape);
  for (let c = 0, to = 0; c < channels; c++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++, to++) {
        const from = turns === 1 ? x * size + (size - 1 - y) : (size - 1 - x) * size + y;
        out.pixels[to] = image.pixels[c * plane(image.shape) + from] as number;
      }
    }
  }
  return out;
}

/** `torchvision.transforms.v2.functional.rotate`, tensor backend, in the same size: degrees counterclockwise. */
export function rotate(
  image: ByteImage,
  degrees: number,
  interpolation: GridInterpolation,
  fill: readonly number[] | null,
): ByteImage {
  const angle = ((degrees % 360) + 360) % 360;
  if (angle === 0) return image;
  const square = image.shape[1] === image.shape[2];
  if (square && (angle === 90 || angle === 270)) return quarterTurns(image, angle === 90 ? 1 : 3);
  if (angle === 180) return halfTurn(image);
  return affine(image, { angle: -angle, translate: [0, 0], scale: 1, shear: [0, 0] }, interpolation, fill);
}

function halfTurn({ shape, pixels }: ByteImage): ByteImage {
  const out = blank(shape);
  const size = plane(shape);
  for (let c = 0; c < shape[0]; c++)
    out.pixels.set(
      pixels
        .subarray(c * size, (c + 1) * size)
        .slice()
        .reverse(),
      c * size,
    );
  return out;
}

/** One number d stands for −d to d. */
const around = (values: readonly number[]): readonly [number, number] =>
  values.length === 1 ? [-(values[0] as number), values[0] as number] : [values[0] as number, values[1] as number];

const negative = (values: readonly number[], label: Text): Text | null =>
  values.length === 1 && (values[0] as number) < 0
    ? {
        en: `${label.en} is one number and must not be negative. Set it to ${-(values[0] as number)}, or give least and most.`,
        zh: `“${label.zh}”为一个数时不能为负。请设为 ${-(values[0] as number)}，或填写最小值和最大值。`,
      }
    : null;

const degrees = (value: readonly number[]) =>
  numbers({
    label: { en: 'Angle', zh: '角度' },
    help: {
      en: 'Degrees: d for −d to d, or least and most',
      zh: '单位为度：d 表示 −d 到 d，或填写最小值和最大值',
    },
    default: value,
    min: -360,
    max: 360,
    slider: { min: -180, max: 180, step: 1 },
    lengths: [1, 2],
    ascending: true,
  });

const rotationDegrees = degrees([15]);

export const randomRotation = defineTransform({
  type: 'RandomRotation',
  title: { en: 'Random rotation', zh: '随机旋转' },
  doc: {
    en: 'Rotates the image about its center by a random angle, counterclockwise.',
    zh: '以图像中心为轴，按随机角度逆时针旋转。',
  },
  formula: String.raw`y(p) = x\big(R_{\theta}\,(p - m) + m\big), \quad \theta \sim U(d_0, d_1)`,
  torchvision: 'torchvision.transforms.v2.RandomRotation',
  random: true,
  params: { degrees: rotationDegrees, interpolation: interpolation('nearest'), fill },
  shape: (input, params) =>
    negative(params.degrees, rotationDegrees.label) ?? perChannel('fill', fill.label, params.fill, input[0]) ?? input,
  draw: ({ degrees }, _, random) => ({ angle: between(random, ...around(degrees)) }),
  caption: ({ angle }) => ({ en: `angle ${short(angle)}°`, zh: `角度 ${short(angle)}°` }),
  apply: (image, { angle }, { interpolation, fill }) =>
    rotate(image, angle, interpolation, fillOf(fill, image.shape[0])),
});

const affineDegrees = degrees([10]);
const shear = numbers({
  label: { en: 'Shear', zh: '错切' },
  help: {
    en: 'Degrees along x: d for −d to d, or least and most; four numbers: least and most along x, then along y',
    zh: '沿 x 的角度：d 表示 −d 到 d，或最小值和最大值；四个数：沿 x 的最小值和最大值，再是沿 y 的',
  },
  default: [0],
  min: -89,
  max: 89,
  slider: { min: -45, max: 45, step: 1 },
  lengths: [1, 2, 4],
});

function shearOrder(values: readonly number[]): Text | null {
  const ordered = values.length === 1 || values.every((value, i) => i % 2 === 0 || value >= (values[i - 1] as number));
  if (ordered) return null;
  return {
    en: 'Shear must have its smaller value first. Swap the two.',
    zh: '“错切”的较小值应在前。请交换两者。',
  };
}

export const randomAffine = defineTransform({
  type: 'RandomAffine',
  title: { en: 'Random affine', zh: '随机仿射变换' },
  doc: {
    en: 'Rotates, moves, scales and shears the image by random amounts; the center of rotation, scale and shear is that of the image.',
    zh: '按随机的量旋转、平移、缩放并错切图像；旋转、缩放和错切以图像中心为中心。',
  },
  formula: String.raw`y(p) = x\big(M^{-1}p\big), \quad M = T\,C\,R(\theta)\,S(s)\,\mathrm{Sh}\,C^{-1}`,
  torchvision: 'torchvision.transforms.v2.RandomAffine',
  random: true,
  params: {
    degrees: affineDegrees,
    translate: numbers({
      label: { en: 'Translation', zh: '平移' },
      help: {
        en: 'Largest shift as a fraction of width and height',
        zh: '最大平移量占宽和高的比例',
      },
      default: [0.1, 0.1],
      min: 0,
      max: 1,
      slider: { min: 0, max: 1, step: 0.01 },
      lengths: [2],
    }),
    scale: numbers({
      label: { en: 'Scale', zh: '缩放' },
      help: { en: 'Least and most scale factor', zh: '最小和最大缩放倍数' },
      default: [0.9, 1.1],
      min: 0.01,
      max: 10,
      slider: { min: 0.1, max: 2, step: 0.01 },
      lengths: [2],
      ascending: true,
    }),
    shear,
    interpolation: interpolation('nearest'),
    fill,
  },
  shape: (input, params) =>
    negative(params.degrees, affineDegrees.label) ??
    negative(params.shear, shear.label) ??
    shearOrder(params.shear) ??
    perChannel('fill', fill.label, params.fill, input[0]) ??
    input,
  draw({ degrees, translate, scale, shear }, [, height, width], random) {
    const angle = between(random, ...around(degrees));
    const [reachX, reachY] = [(translate[0] as number) * width, (translate[1] as number) * height];
    const moved = [roundHalfEven(between(random, -reachX, reachX)), roundHalfEven(between(random, -reachY, reachY))];
    const factor = between(random, scale[0] as number, scale[1] as number);
    const shearX = between(random, ...around(shear.slice(0, 2)));
    const shearY = shear.length === 4 ? between(random, shear[2] as number, shear[3] as number) : 0;
    return { angle, translate: moved, scale: factor, shear: [shearX, shearY] };
  },
  caption: ({ angle, translate, scale, shear }) => ({
    en: `angle ${short(angle)}°, shift ${translate.join(' ')}, scale ${short(scale)}, shear ${shear.map(short).join(' ')}`,
    zh: `角度 ${short(angle)}°，平移 ${translate.join(' ')}，缩放 ${short(scale)}，错切 ${shear.map(short).join(' ')}`,
  }),
  apply: (image, { angle, translate, scale, shear }, { interpolation, fill }) =>
    affine(
      image,
      {
        angle,
        translate: [translate[0] as number, translate[1] as number],
        scale,
        shear: [shear[0] as number, shear[1] as number],
      },
      interpolation,
      fillOf(fill, image.shape[0]),
    ),
});
