import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import type { ConfigOf, ConfigSchema } from '../layers/config.ts';
import type { Random } from '../random/philox.ts';
import type { Text } from '../text.ts';
import type { ByteImage, Image, ImageShape } from './image.ts';

/** Values drawn for one sample, named as in torchvision. */
export type DrawnValues = Readonly<Record<string, number | string | boolean | null | readonly (number | string)[]>>;

/** Reason why images do not fit a transform, with the parameters that fix it, where they are known. */
export type ShapeProblem = Text & { readonly params?: Readonly<Record<string, readonly number[]>> };

/**
 * The definition of a transform. A new transform is one new file and one line in `index.ts`; settings, help, checks and
 * pipeline follow from the definition.
 */
export interface Transform<S extends ConfigSchema = ConfigSchema, D extends DrawnValues = DrawnValues> {
  /** Key in documents and files: the name of torchvision's class. */
  readonly type: string;
  readonly title: Text;
  /** One sentence: what it does to an image. */
  readonly doc: Text;
  /** TeX. */
  readonly formula: string;
  /** Full name in torchvision, '' if it has none. */
  readonly torchvision: string;
  /** Random transforms run in training only. */
  readonly random: boolean;
  /** Settings, named as torchvision's parameters. */
  readonly params: S;
  /** Shape of the output, or the problem: what is wrong and how to fix it. */
  shape(input: ImageShape, params: ConfigOf<S>): ImageShape | ShapeProblem;
  /** The values for one sample; null if the image stays unchanged. Deterministic transforms draw nothing. */
  draw(params: ConfigOf<S>, input: ImageShape, random: Random): D | null;
  /** The drawn values in a few words, for captions. */
  caption(drawn: D): Text;
  /** Called only with shapes that `shape` accepts. The input is not changed. */
  apply(image: ByteImage, drawn: D, params: ConfigOf<S>): Image;
  /**
   * `apply` as ONNX ops, for exports: x is float32 [N, C, H, W] with the bytes of images of the shape `input`, and so is the
   * result. Random transforms do not run in prediction and have none.
   */
  lower?(g: Builder, x: Value, params: ConfigOf<S>, input: ImageShape): Value;
}

/** Checks the types of a definition, then drops them so that transforms can be listed. */
export const defineTransform = <S extends ConfigSchema, D extends DrawnValues>(transform: Transform<S, D>): Transform =>
  transform as unknown as Transform;

type Deterministic<S extends ConfigSchema> = Omit<
  Transform<S, Record<string, never>>,
  'random' | 'draw' | 'caption' | 'apply' | 'lower'
> & {
  apply(image: ByteImage, params: ConfigOf<S>): Image;
  lower(g: Builder, x: Value, params: ConfigOf<S>, input: ImageShape): Value;
};

const NOTHING: Record<string, never> = {};

/** A transform without random values; it runs in training and prediction. */
export const deterministic = <S extends ConfigSchema>({ apply, ...rest }: Deterministic<S>): Transform =>
  defineTransform<S, Record<string, never>>({
    ...rest,
    random: false,
    draw: () => NOTHING,
    caption: () => ({ en: '', zh: '' }),
    apply: (image, _, params) => apply(image, params),
  });

/** Shape of transforms that keep it. */
export const sameShape = (input: ImageShape): ImageShape => input;

/** Uniform in [low, high). */
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();
