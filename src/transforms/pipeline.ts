import { transformSchema } from '../graph/document.ts';
import type { ConfigOf, ConfigSchema } from '../layers/config.ts';
import { random } from '../random/philox.ts';
import type { ByteImage, Image, ImageShape } from './image.ts';
import { readSetting, type TransformFix, type TransformProblem, type TransformSetting } from './setting.ts';
import type { DrawnValues, ShapeProblem, Transform } from './transform.ts';

/** One transform of a pipeline that is on. */
export interface Step {
  /** Index in the list, with transforms that are off: it selects the random numbers. */
  readonly place: number;
  readonly transform: Transform;
  readonly params: ConfigOf<ConfigSchema>;
  /** Shapes in training. */
  readonly input: ImageShape;
  readonly output: ImageShape;
}

/** Transforms that fit each other and the image. */
export interface Pipeline {
  readonly input: ImageShape;
  /** The shape in training and in prediction. */
  readonly output: ImageShape;
  /** True if images are floats in the end, false if they are bytes. */
  readonly normalized: boolean;
  /** Training runs all steps. */
  readonly train: readonly Step[];
  /** Prediction runs the deterministic ones. */
  readonly predict: readonly Step[];
}

export type PipelineRead =
  | { readonly pipeline: Pipeline; readonly problems: readonly [] }
  | { readonly pipeline: null; readonly problems: readonly TransformProblem[] };

const notAList: TransformProblem = {
  code: 'not-a-list',
  place: null,
  message: {
    en: 'Transforms must be a list such as [{ "type": "RandomHorizontalFlip", "p": 0.5 }].',
    zh: '变换应为列表，例如 [{ "type": "RandomHorizontalFlip", "p": 0.5 }]。',
  },
  fixes: [],
};

const notASetting = (place: number): TransformProblem => ({
  code: 'not-a-transform',
  place,
  message: {
    en: `Transform ${place + 1} must be an object with a type, such as { "type": "CenterCrop", "size": 28 }; "on" must be true or false.`,
    zh: `第 ${place + 1} 个变换应为带有 type 的对象，例如 { "type": "CenterCrop", "size": 28 }；"on" 应为 true 或 false。`,
  },
  fixes: [],
});

/** Reads a list of transforms for images of a shape. */
export function readPipeline(value: unknown, input: ImageShape): PipelineRead {
  if (!Array.isArray(value)) return { pipeline: null, problems: [notAList] };
  const parsed = value.map((each) => transformSchema.safeParse(each));
  const wrong = parsed.flatMap(({ success }, place) => (success ? [] : [notASetting(place)]));
  if (wrong.length > 0) return { pipeline: null, problems: wrong };
  const list = parsed.map(({ data }) => data as TransformSetting);
  const read = list.map((_, place) => readSetting(list, place));
  const problems = read.flatMap((each) => each.problems);
  if (problems.length > 0) return { pipeline: null, problems };
  const on = read.flatMap(({ setting }, place) =>
    setting === null || list[place]?.on === false ? [] : [{ ...setting, place }],
  );
  const late = on.slice(0, -1).find(({ transform }) => transform.type === 'Normalize');
  if (late !== undefined) return { pipeline: null, problems: [notLast(list, late.place)] };
  const train = shaped(list, on, input);
  if ('code' in train) return { pipeline: null, problems: [train] };
  const predict = shaped(
    list,
    on.filter(({ transform }) => !transform.random),
    input,
  );
  if ('code' in predict) return { pipeline: null, problems: [predict] };
  const [trained, predicted] = [train.at(-1)?.output ?? input, predict.at(-1)?.output ?? input];
  if (trained.some((cells, axis) => cells !== predicted[axis])) {
    return { pipeline: null, problems: [sidesDiffer(list, train, trained, predicted)] };
  }
  const normalized = on.at(-1)?.transform.type === 'Normalize';
  return { pipeline: { input, output: trained, normalized, train, predict }, problems: [] };
}

/** The steps with their shapes, or the problem of the first that does not fit. */
function shaped(
  list: readonly TransformSetting[],
  on: readonly Omit<Step, 'input' | 'output'>[],
  input: ImageShape,
): readonly Step[] | TransformProblem {
  const steps: Step[] = [];
  let shape = input;
  for (const each of on) {
    const output = each.transform.shape(shape, each.params);
    if ('en' in output) {
      const { type } = each.transform;
      return {
        code: 'does-not-fit',
        place: each.place,
        message: { en: `${type}: ${output.en}`, zh: `${type}：${output.zh}` },
        fixes: [...paramFixes(list, each.place, output.params), turnOff(list, each.place)],
      };
    }
    steps.push({ ...each, input: shape, output });
    shape = output;
  }
  return steps;
}

const paramFixes = (
  list: readonly TransformSetting[],
  place: number,
  params: NonNullable<ShapeProblem['params']> = {},
): TransformFix[] =>
  Object.entries(params).map(([key, value]) => ({
    title: { en: `Set ${key} to ${JSON.stringify(value)}`, zh: `将 ${key} 设为 ${JSON.stringify(value)}` },
    list: list.with(place, { ...(list[place] as TransformSetting), [key]: value }),
  }));

function turnOff(list: readonly TransformSetting[], place: number): TransformFix {
  const step = list[place] as TransformSetting;
  return {
    title: { en: `Turn off ${step.type}`, zh: `停用 ${step.type}` },
    list: list.with(place, { ...step, on: false }),
  };
}

function notLast(list: readonly TransformSetting[], place: number): TransformProblem {
  const moved = [...list.slice(0, place), ...list.slice(place + 1), list[place] as TransformSetting];
  return {
    code: 'normalize-not-last',
    place,
    message: {
      en: 'Normalize must be the last transform: the others work on bytes, and it makes floats. Move it to the end.',
      zh: 'Normalize 应为最后一个变换：其他变换处理字节，而它输出浮点数。请将它移到末尾。',
    },
    fixes: [{ title: { en: 'Move Normalize to the end', zh: '将 Normalize 移到末尾' }, list: moved }],
  };
}

/** A deterministic transform after the last one that changes the shape at random does nothing in training. */
function sidesDiffer(
  list: readonly TransformSetting[],
  train: readonly Step[],
  trained: ImageShape,
  predicted: ImageShape,
): TransformProblem {
  const last = train.findLast(({ transform, input, output }) => transform.random && String(input) !== String(output));
  const fixes: TransformFix[] = [];
  if (last !== undefined) {
    const place = last.place + 1;
    const size = last.output.slice(1);
    const grays = last.input[0] !== last.output[0];
    const type = last.transform.type === 'RandomCrop' ? 'CenterCrop' : 'Resize';
    if (!grays) {
      fixes.push({
        title: {
          en: `Add ${type} ${size.join('×')} after ${last.transform.type}`,
          zh: `在 ${last.transform.type} 之后添加 ${type} ${size.join('×')}`,
        },
        list: [...list.slice(0, place), { type, size }, ...list.slice(place)],
      });
    }
  }
  return {
    code: 'sides-differ',
    place: last?.place ?? null,
    message: {
      en: `Images are ${trained.join('×')} in training but ${predicted.join('×')} in prediction, where random transforms do not run. Add a CenterCrop or Resize to ${trained.slice(1).join('×')}.`,
      zh: `训练时图像为 ${trained.join('×')}，预测时不执行随机变换，图像为 ${predicted.join('×')}。请添加到 ${trained.slice(1).join('×')} 的 CenterCrop 或 Resize。`,
    },
    fixes,
  };
}

/** Selects the random numbers of a sample; the same place gives the same values in every run. */
export interface SamplePlace {
  readonly seed: number;
  readonly epoch: number;
  /** Index of the sample in the dataset. */
  readonly sample: number;
}

/** The values of every step in training for a sample; null where the step leaves the image unchanged. */
export const drawSteps = ({ train }: Pipeline, { seed, epoch, sample }: SamplePlace): readonly (DrawnValues | null)[] =>
  train.map(({ place, transform, params, input }) =>
    transform.draw(params, input, random(seed, `transform/${place}`, [sample, epoch])),
  );

/** The image after each step, with these values. */
export function applySteps(
  steps: readonly Step[],
  image: ByteImage,
  drawn: readonly (DrawnValues | null)[],
): readonly Image[] {
  const images: Image[] = [];
  let now: Image = image;
  for (const [i, { transform, params }] of steps.entries()) {
    const values = drawn[i] ?? null;
    if (values !== null) now = transform.apply(bytes(now), values, params);
    images.push(now);
  }
  return images;
}

/** The image as a sample of training. */
export function augmented(pipeline: Pipeline, image: ByteImage, place: SamplePlace): Image {
  return applySteps(pipeline.train, image, drawSteps(pipeline, place)).at(-1) ?? image;
}

/** The image for evaluation and prediction. */
export function prepared({ predict }: Pipeline, image: ByteImage): Image {
  return predict.reduce<Image>((now, { transform, params }) => transform.apply(bytes(now), {}, params), image);
}

function bytes({ shape, pixels }: Image): ByteImage {
  if (!(pixels instanceof Uint8Array)) throw new Error('Normalize is not the last transform.');
  return { shape, pixels };
}
