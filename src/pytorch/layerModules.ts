import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Config } from '../graph/document.ts';
import { batchedAxis, frontAxis } from '../layers/axis.ts';
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
  pairOf,
  pairValue,
  port,
  value,
} from '../python/construction.ts';
import type { PyValue } from '../python/values.ts';

interface Of {
  readonly config: Config;
  /** Shape of the only input, or of the first, without the batch axis. */
  readonly x: Shape;
}

const module = (callee: string, ...args: readonly Argument[]): LayerForm => ({
  kind: 'objects',
  parts: [{ suffix: '', made: { callee, args } }],
});
const expression = (of: (x: readonly string[]) => string): LayerForm => ({ kind: 'expression', of });
const plain = (callee: string) => () => module(callee);

const batchNorm =
  (callee: string) =>
  ({ config, x }: Of) =>
    module(
      callee,
      at('num_features', x[0] as number),
      named('eps', value(config, 'eps'), 1e-5),
      named('momentum', value(config, 'momentum'), 0.1),
      named('affine', isTrue(config, 'affine'), true),
    );

const poolArgs = (config: Config): readonly Argument[] => [
  at('kernel_size', pairOf(config, 'kernelSize')),
  named('stride', pairOf(config, 'stride'), pairOf(config, 'kernelSize')),
  named('padding', pairOf(config, 'padding'), 0),
];

/** Dropout of whole channels: the class depends on the number of axes. */
const CHANNEL_DROPOUT = ['nn.Dropout', 'nn.Dropout1d', 'nn.Dropout2d', 'nn.Dropout3d'];

/** The module or expression of every layer, in PyTorch 2.6. */
const forms = {
  input: () => port,
  classifier: () => port,
  binaryClassifier: () => port,
  regression: () => port,
  output: () => port,
  conv2d: ({ config, x }) =>
    module(
      'nn.Conv2d',
      at('in_channels', x[0] as number),
      at('out_channels', int(config, 'outChannels')),
      named('kernel_size', pairOf(config, 'kernelSize')),
      named('stride', pairOf(config, 'stride'), 1),
      // Of an even kernel, “same” puts the odd row or column after the image, in PyTorch as here.
      named('padding', config.padding === 'same' ? 'same' : pairOf(config, 'padding'), 0),
      named('dilation', pairOf(config, 'dilation'), 1),
      named('groups', int(config, 'groups'), 1),
      named('bias', isTrue(config, 'bias'), true),
    ),
  convTranspose2d: ({ config, x }) =>
    module(
      'nn.ConvTranspose2d',
      at('in_channels', x[0] as number),
      at('out_channels', int(config, 'outChannels')),
      named('kernel_size', pairOf(config, 'kernelSize')),
      named('stride', pairOf(config, 'stride'), 1),
      named('padding', pairOf(config, 'padding'), 0),
      named('output_padding', pairOf(config, 'outputPadding'), 0),
      named('groups', int(config, 'groups'), 1),
      named('bias', isTrue(config, 'bias'), true),
      named('dilation', pairOf(config, 'dilation'), 1),
    ),
  maxPool2d: ({ config }) =>
    module(
      'nn.MaxPool2d',
      ...poolArgs(config),
      named('dilation', pairOf(config, 'dilation'), 1),
      named('ceil_mode', isTrue(config, 'ceilMode'), false),
    ),
  avgPool2d: ({ config }) =>
    module(
      'nn.AvgPool2d',
      ...poolArgs(config),
      named('ceil_mode', isTrue(config, 'ceilMode'), false),
      named('count_include_pad', isTrue(config, 'countIncludePad'), true),
    ),
  globalAvgPool2d: () => module('nn.AdaptiveAvgPool2d', at('output_size', 1)),
  adaptiveAvgPool2d: ({ config }) => module('nn.AdaptiveAvgPool2d', at('output_size', pairOf(config, 'outputSize'))),
  relu: plain('nn.ReLU'),
  leakyRelu: ({ config }) => module('nn.LeakyReLU', named('negative_slope', value(config, 'negativeSlope'), 0.01)),
  prelu: ({ config, x }) =>
    module(
      'nn.PReLU',
      named('num_parameters', config.slopes === 'one' ? 1 : (x[0] as number), 1),
      named('init', value(config, 'init'), 0.25),
    ),
  elu: ({ config }) => module('nn.ELU', named('alpha', value(config, 'alpha'), 1)),
  gelu: ({ config }) => module('nn.GELU', named('approximate', value(config, 'approximate'), 'none')),
  silu: plain('nn.SiLU'),
  relu6: plain('nn.ReLU6'),
  hardsigmoid: plain('nn.Hardsigmoid'),
  hardswish: plain('nn.Hardswish'),
  sigmoid: plain('nn.Sigmoid'),
  tanh: plain('nn.Tanh'),
  softplus: ({ config }) =>
    module('nn.Softplus', named('beta', value(config, 'beta'), 1), named('threshold', value(config, 'threshold'), 20)),
  step: plain('Step'),
  softmax: ({ config }) => module('nn.Softmax', named('dim', batchedAxis(int(config, 'axis')))),
  logSoftmax: ({ config }) => module('nn.LogSoftmax', named('dim', batchedAxis(int(config, 'axis')))),
  batchNorm2d: batchNorm('nn.BatchNorm2d'),
  batchNorm1d: batchNorm('nn.BatchNorm1d'),
  layerNorm: ({ config, x }) =>
    module(
      'nn.LayerNorm',
      at('normalized_shape', config.axes === 0 ? x : x.slice(-int(config, 'axes'))),
      named('eps', value(config, 'eps'), 1e-5),
      named('elementwise_affine', isTrue(config, 'affine'), true),
    ),
  groupNorm: ({ config, x }) =>
    module(
      'nn.GroupNorm',
      at('num_groups', int(config, 'groups')),
      at('num_channels', x[0] as number),
      named('eps', value(config, 'eps'), 1e-5),
      named('affine', isTrue(config, 'affine'), true),
    ),
  localResponseNorm: ({ config }) =>
    module(
      'nn.LocalResponseNorm',
      at('size', int(config, 'size')),
      named('alpha', value(config, 'alpha'), 1e-4),
      named('beta', value(config, 'beta'), 0.75),
      named('k', value(config, 'k'), 1),
    ),
  dropout: ({ config }) => module('nn.Dropout', at('p', value(config, 'p'))),
  dropout2d: ({ config, x }) => module(CHANNEL_DROPOUT[x.length - 1] ?? 'nn.Dropout', at('p', value(config, 'p'))),
  linear: ({ config, x }) =>
    module(
      'nn.Linear',
      at('in_features', x.at(-1) as number),
      at('out_features', int(config, 'outFeatures')),
      named('bias', isTrue(config, 'bias'), true),
    ),
  add: () => expression((x) => x.join(' + ')),
  concat: ({ config }) => expression((x) => `torch.cat([${x.join(', ')}], dim=${batchedAxis(int(config, 'axis'))})`),
  mul: () => expression((x) => x.join(' * ')),
  flatten: ({ config, x }) => module('nn.Flatten', named('start_dim', frontAxis(x, int(config, 'axis')) + 1, 1)),
  reshape: ({ config }) => module('Reshape', at('shape', value(config, 'shape'))),
  upsample: ({ config }) =>
    module(
      'nn.Upsample',
      config.by === 'size'
        ? named('size', pairOf(config, 'size'))
        : named('scale_factor', scaleValue(config.scale as readonly number[])),
      named('mode', value(config, 'mode'), 'nearest'),
      named('align_corners', config.mode === 'bilinear' ? isTrue(config, 'alignCorners') : null, null),
    ),
  zeroPad2d: ({ config }) => {
    const [[top = 0, left = 0], [bottom = 0, right = 0]] = [config.before, config.after] as [number[], number[]];
    return module('nn.ZeroPad2d', at('padding', [left, right, top, bottom]));
  },
  identity: plain('nn.Identity'),
} satisfies Readonly<Record<LayerType, (of: Of) => LayerForm>>;

const scaleValue = ([height = 1, width = height]: readonly number[]): PyValue => pairValue([height, width]);

/** Modules that torch.nn does not have. */
export const ownModules: Readonly<Record<string, string>> = {
  Reshape: `class Reshape(nn.Module):
    """Gives every sample another shape."""

    def __init__(self, shape: tuple[int, ...]):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(-1, *self.shape)
`,
  Step: `class Step(nn.Module):
    """1 for positive values, else 0. Its gradient is 0 everywhere."""

    def forward(self, x):
        return torch.sign(torch.relu(x))
`,
};

/** The form of a checked layer; ONNX operators have none. */
export function layerForm({ layer, config, inputs }: CheckedNode): LayerForm {
  const form = (forms as Readonly<Record<string, ((of: Of) => LayerForm) | undefined>>)[layer.type];
  return form?.({ config, x: Object.values(inputs)[0] ?? [] }) ?? missing;
}
