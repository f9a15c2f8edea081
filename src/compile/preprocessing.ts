import type { FeatureColumn } from '../data/tableFields.ts';
import type { ImageConfig } from '../graph/document.ts';
import { Builder } from '../ir/builder.ts';
import type { Program, ProgramInput, Value } from '../ir/program.ts';
import { BATCH, type Dims } from '../ir/shape.ts';
import type { Target } from '../ir/target.ts';
import type { ImageShape } from '../transforms/image.ts';
import type { Step } from '../transforms/pipeline.ts';
import { imageFitted, imageResized, type ResizeFilter } from './imageResize.ts';
import { tableFeatures } from './tableFeatures.ts';

/** Preparation of one input of a network, from data as files have it. */
export type Preprocessing =
  /** Images: uint8 [N, H, W, C], as image libraries read them, to float32 [N, C, h, w]. */
  | {
      readonly kind: 'image';
      /** Shape of the images of the dataset, before the steps. */
      readonly shape: ImageShape;
      /** Color images of any size are first given that shape; null: images have it. */
      readonly fit: ImageConfig['fit'] | null;
      /** The transforms of prediction. */
      readonly steps: readonly Step[];
    }
  /** Rows of a table: float64 [N, columns] to float32 [N, features]. */
  | { readonly kind: 'table'; readonly columns: readonly FeatureColumn[] }
  /** Other bytes [N, ...], which are divided by 255. */
  | { readonly kind: 'bytes'; readonly shape: readonly number[] }
  /** Values that the network takes unchanged. */
  | { readonly kind: 'none' };

type ImagePreprocessing = Extract<Preprocessing, { kind: 'image' }>;

/** The first step where it resizes images of any size. Averages of areas and the nearest pixels need a known size. */
function freeResize({ fit, steps }: ImagePreprocessing): { size: readonly number[]; filter: ResizeFilter } | null {
  const [first] = steps;
  if (fit !== null || first?.transform.type !== 'Resize') return null;
  const { size, interpolation } = first.params as { size: readonly number[]; interpolation: string };
  return size.length === 2 && (interpolation === 'bilinear' || interpolation === 'bicubic')
    ? { size, filter: interpolation }
    : null;
}

/** True if images may have any size. ONNX resizes those with antialiasing from opset 18 on. */
export const takesAnySize = (preprocessing: Preprocessing): boolean =>
  preprocessing.kind === 'image' && (preprocessing.fit !== null || freeResize(preprocessing) !== null);

/** The type of the data as files have it; null if the network takes it unchanged. */
export function rawType(
  input: string,
  preprocessing: Preprocessing,
): { readonly dtype: 'uint8' | 'float64'; readonly shape: Dims } | null {
  switch (preprocessing.kind) {
    case 'none':
      return null;
    case 'bytes':
      return { dtype: 'uint8', shape: [BATCH, ...preprocessing.shape] };
    case 'table':
      return { dtype: 'float64', shape: [BATCH, preprocessing.columns.length] };
    case 'image': {
      const [channels, height, width] = preprocessing.shape;
      const size = takesAnySize(preprocessing) ? [`${input}_height`, `${input}_width`] : [height, width];
      return { dtype: 'uint8', shape: [BATCH, ...size, preprocessing.fit === null ? channels : 3] };
    }
  }
}

/** The input of the network from data as files have it. */
function prepared(g: Builder, raw: Value, preprocessing: Preprocessing): Value {
  if (preprocessing.kind === 'none') return raw;
  if (preprocessing.kind === 'table') return tableFeatures(g, raw, preprocessing.columns);
  if (preprocessing.kind === 'bytes') return g.div(g.cast(raw, 'float32'), g.scalar(255));
  const { shape, fit, steps } = preprocessing;
  const free = freeResize(preprocessing);
  const [channels, height, width] = shape;
  const sized =
    fit !== null
      ? imageFitted(g, raw, { channels: channels === 1 ? 1 : 3, height, width, fit })
      : free !== null
        ? imageResized(g, raw, g.ints(free.size), free.filter)
        : raw;
  const later = free === null ? steps : steps.slice(1);
  const bytes = later.reduce((x, step) => lowered(g, x, step), g.cast(g.transpose(sized, [0, 3, 1, 2]), 'float32'));
  return steps.at(-1)?.transform.type === 'Normalize' ? bytes : g.div(bytes, g.scalar(255));
}

function lowered(g: Builder, x: Value, { transform, params, input }: Step): Value {
  if (transform.lower === undefined) throw new Error(`${transform.type} is random and does not run in prediction`);
  return transform.lower(g, x, params, input);
}

/** Preparation of the inputs of a network, by their names. */
export type InputPreprocessing = ReadonlyMap<string, Preprocessing>;

const rawInput = ({ value, role }: ProgramInput, preprocessing: InputPreprocessing): ProgramInput => {
  const type = rawType(value.name, preprocessing.get(value.name) ?? { kind: 'none' });
  return type === null ? { value, role } : { value: { name: value.name, ...type }, role };
};

/** The program with data as files have it as its inputs, under the same names. */
export function withPreprocessing(program: Program, preprocessing: InputPreprocessing, target: Target): Program {
  const inputs = program.inputs.map((input) => rawInput(input, preprocessing));
  const g = Builder.over({ ...program, inputs }, target);
  const scope = freeScope(program);
  const swapped = new Map(
    program.inputs.map(({ value }, i) => [value, preparedIn(g, scope, inputs[i] as ProgramInput, preprocessing)]),
  );
  const current = (value: Value): Value => swapped.get(value) ?? value;
  for (const op of program.ops) g.append({ ...op, inputs: op.inputs.map((value) => value && current(value)) });
  return g.finish(program.outputs.map(({ value, role }) => ({ value: current(value), role, name: value.name })));
}

/** The preparation alone: its outputs are the inputs of the network, named `prepared/` and the name of the input. */
export function preprocessingProgram(program: Program, preprocessing: InputPreprocessing, target: Target): Program {
  const inputs = program.inputs.map((input) => rawInput(input, preprocessing));
  const g = Builder.over({ name: program.name, inputs, ops: [], outputs: [] }, target);
  return g.finish(
    inputs.map((input) => ({
      value: preparedIn(g, 'preprocessing', input, preprocessing),
      role: { kind: 'prediction' },
      name: preparedName(input.value.name),
    })),
  );
}

export const preparedName = (input: string): string => `prepared/${input}`;

const preparedIn = (g: Builder, scope: string, { value }: ProgramInput, preprocessing: InputPreprocessing): Value =>
  g.within(`${scope}/${value.name}`, () => prepared(g, value, preprocessing.get(value.name) ?? { kind: 'none' }));

/** A scope of names that no layer has. */
function freeScope({ ops }: Program): string {
  const taken = new Set(ops.map(({ name }) => name.split('/')[0]));
  let scope = 'preprocessing';
  while (taken.has(scope)) scope += '_';
  return scope;
}
