import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Config } from '../graph/document.ts';
import { frontAxis } from '../layers/axis.ts';
import type { Pair } from '../layers/config.ts';
import type { Shape } from '../layers/layer.ts';
import type { LayerType } from '../layers/layerTypes.ts';
import {
  type Argument,
  at,
  int,
  isTrue,
  type LayerForm,
  missing,
  named,
  type Part,
  pairValue,
  port,
  value,
} from '../python/construction.ts';
import type { PyValue } from '../python/values.ts';
import { fromDrawing, hasOneOrder, isImage, kerasAxis, toDrawing } from './axes.ts';
import {
  adaptivePool,
  avgPool,
  convolution,
  globalPool,
  maxPool,
  padding,
  part,
  transposedConvolution,
} from './windows.ts';

interface Of {
  readonly config: Config;
  /** Shape of the only input, or of the first, without the batch axis. */
  readonly x: Shape;
  readonly y: Shape;
}

const objects = (...parts: readonly Part[]): LayerForm => ({ kind: 'objects', parts });
const one = (callee: string, ...args: readonly Argument[]): LayerForm => objects(part('', callee, ...args));
const plain = (callee: string) => () => one(callee);
const activation = (name: string): LayerForm => one('layers.Activation', at('activation', name));

/** Channels in the drawing are the first axis of a sample. */
const channels = (x: Shape): PyValue => kerasAxis(x, 0);

const epsilon = (config: Config): Argument => named('epsilon', value(config, 'eps'), 1e-3);
const scaleAndShift = (config: Config): readonly Argument[] => [
  named('center', isTrue(config, 'affine'), true),
  named('scale', isTrue(config, 'affine'), true),
];

/** In Keras, momentum is the share of the old statistics. Rounded, because 1 − 0.1 is not 0.9 in binary. */
const keptShare = (config: Config): number => Number((1 - int(config, 'momentum')).toPrecision(12));

const batchNorm = ({ config, x }: Of): LayerForm =>
  one(
    'layers.BatchNormalization',
    named('axis', channels(x), -1),
    named('momentum', keptShare(config), 0.99),
    epsilon(config),
    ...scaleAndShift(config),
  );

/** Another shape of the values in the order of the drawing. */
function reshaped(x: Shape, y: Shape): LayerForm {
  return objects(
    ...(isImage(x) && !hasOneOrder(x) ? [{ suffix: 'to_drawing', made: toDrawing }] : []),
    part('', 'layers.Reshape', at('target_shape', y)),
    ...(isImage(y) ? [{ suffix: 'from_drawing', made: fromDrawing }] : []),
  );
}

function flatten({ config, x, y }: Of): LayerForm {
  if (frontAxis(x, int(config, 'axis')) !== 0) return reshaped(x, y);
  return objects(
    ...(isImage(x) && !hasOneOrder(x) ? [{ suffix: 'to_drawing', made: toDrawing }] : []),
    // With “channels_first”, Flatten of Keras changes the order of the values.
    part('', 'layers.Flatten', named('data_format', 'channels_last')),
  );
}

function layerNorm({ config, x }: Of): LayerForm {
  const count = config.axes === 0 ? x.length : int(config, 'axes');
  const axes = Array.from({ length: count }, (_, i) => i - count);
  const norm = part(
    '',
    'layers.LayerNormalization',
    named('axis', count === 1 ? -1 : axes, -1),
    epsilon(config),
    ...scaleAndShift(config),
  );
  // Keras normalizes only the last axes on every backend.
  if (!isImage(x)) return objects(norm);
  return objects({ suffix: 'to_drawing', made: toDrawing }, norm, { suffix: 'from_drawing', made: fromDrawing });
}

function dropout2d({ config, x }: Of): LayerForm {
  const rate = at('rate', value(config, 'p'));
  if (isImage(x)) return one('layers.SpatialDropout2D', rate);
  if (x.length === 1) return one('layers.Dropout', rate);
  return one('layers.Dropout', rate, named('noise_shape', [null, x[0] as number, ...x.slice(1).map(() => 1)]));
}

/** Axes of the slopes that all elements share. */
function prelu({ config, x }: Of): LayerForm {
  const all = x.map((_, axis) => axis);
  const shared = (config.slopes === 'one' ? all : all.slice(1)).map((axis) => kerasAxis(x, axis));
  return one(
    'layers.PReLU',
    named('alpha_initializer', { code: `keras.initializers.Constant(${int(config, 'init')})` }),
    named('shared_axes', shared.length === 0 ? null : shared, null),
  );
}

function upsample({ config, x }: Of): LayerForm {
  const [height = 1, width = height] = config.by === 'size' ? [] : (config.scale as readonly number[]);
  const scale = config.by === 'size' ? null : [height, width];
  const size =
    config.by === 'size'
      ? (config.size as unknown as Pair)
      : x.slice(1).map((cells, i) => Math.floor(cells * (scale?.[i] ?? 1)));
  if (scale?.every(Number.isInteger) && config.mode === 'nearest') {
    return one('layers.UpSampling2D', at('size', pairValue(scale)));
  }
  return config.mode === 'nearest'
    ? one('NearestResizing2D', at('size', size), named('scale', scale, null))
    : one(
        'BilinearResizing2D',
        at('size', size),
        named('scale', scale, null),
        named('align_corners', isTrue(config, 'alignCorners'), false),
      );
}

/** The objects of every layer, in Keras 3. */
const forms = {
  input: ({ config }) => (config.dtype === 'float32' && config.batch === true ? port : missing),
  classifier: () => port,
  binaryClassifier: () => port,
  regression: () => port,
  output: () => port,
  conv2d: ({ config, x }) => objects(...convolution(config, x)),
  convTranspose2d: ({ config, x }) => objects(...transposedConvolution(config, x)),
  maxPool2d: ({ config, x }) => objects(...maxPool(config, x)),
  avgPool2d: ({ config, x }) => objects(...avgPool(config, x)),
  globalAvgPool2d: () => objects(globalPool),
  adaptiveAvgPool2d: ({ config, x }) => objects(...adaptivePool(config, x)),
  relu: plain('layers.ReLU'),
  leakyRelu: ({ config }) => one('layers.LeakyReLU', named('negative_slope', value(config, 'negativeSlope'), 0.3)),
  prelu,
  elu: ({ config }) => one('layers.ELU', named('alpha', value(config, 'alpha'), 1)),
  gelu: ({ config }) => (config.approximate === 'tanh' ? one('TanhGELU') : activation('gelu')),
  silu: () => activation('silu'),
  relu6: () => one('layers.ReLU', named('max_value', 6)),
  hardsigmoid: () => activation('hard_sigmoid'),
  hardswish: () => activation('hard_silu'),
  sigmoid: () => activation('sigmoid'),
  tanh: () => activation('tanh'),
  softplus: ({ config }) =>
    config.beta === 1 && config.threshold === 20
      ? activation('softplus')
      : one('Softplus', at('beta', value(config, 'beta')), at('threshold', value(config, 'threshold'))),
  step: plain('Step'),
  softmax: ({ config, x }) => one('layers.Softmax', named('axis', kerasAxis(x, int(config, 'axis')), -1)),
  logSoftmax: ({ config, x }) => one('LogSoftmax', at('axis', kerasAxis(x, int(config, 'axis')))),
  batchNorm2d: batchNorm,
  batchNorm1d: batchNorm,
  layerNorm,
  groupNorm: ({ config, x }) =>
    one(
      'layers.GroupNormalization',
      at('groups', int(config, 'groups')),
      named('axis', channels(x), -1),
      epsilon(config),
      ...scaleAndShift(config),
    ),
  localResponseNorm: ({ config }) =>
    one(
      'LocalResponseNormalization',
      at('size', int(config, 'size')),
      ...['alpha', 'beta', 'k'].map((key) => named(key, value(config, key))),
    ),
  dropout: ({ config }) => one('layers.Dropout', at('rate', value(config, 'p'))),
  dropout2d,
  linear: ({ config }) =>
    one('layers.Dense', at('units', int(config, 'outFeatures')), named('use_bias', isTrue(config, 'bias'), true)),
  add: plain('layers.Add'),
  concat: ({ config, x }) => one('layers.Concatenate', named('axis', kerasAxis(x, int(config, 'axis')), -1)),
  mul: plain('layers.Multiply'),
  flatten,
  reshape: ({ x, y }) => reshaped(x, y),
  upsample,
  zeroPad2d: ({ config }) => {
    const { before, after } = config as unknown as { readonly before: Pair; readonly after: Pair };
    const parts = padding(
      [
        [before[0], after[0]],
        [before[1], after[1]],
      ],
      ['pad', ''],
    );
    return renamed(parts);
  },
  identity: plain('layers.Identity'),
} satisfies Readonly<Record<LayerType, (of: Of) => LayerForm>>;

/** The last of some parts has the name of the layer; without any, the layer does nothing. */
function renamed(parts: readonly Part[]): LayerForm {
  const last = parts.at(-1);
  return last === undefined ? one('layers.Identity') : objects(...parts.slice(0, -1), { ...last, suffix: '' });
}

/** The form of a checked layer; ONNX operators have none. */
export function layerForm({ layer, config, inputs, outputs }: CheckedNode): LayerForm {
  const form = (forms as Readonly<Record<string, ((of: Of) => LayerForm) | undefined>>)[layer.type];
  return form?.({ config, x: Object.values(inputs)[0] ?? [], y: Object.values(outputs)[0] ?? [] }) ?? missing;
}

/** Layers that take a list. */
export const MERGES: readonly string[] = ['layers.Add', 'layers.Concatenate', 'layers.Multiply'];
