import { conv, digits, draw, head, type Mistake } from './mistake.ts';

/** Tensors of the wrong rank or size. */
export const rankMistakes: readonly Mistake[] = [
  [
    'Linear straight after a convolution',
    draw([digits, conv('conv1', 8), ['linear fc', { outFeatures: 10 }], ['classifier']]),
    'rank-mismatch',
    'Insert Flatten between “conv1” and “fc”',
  ],
  [
    'BatchNorm2d after Flatten',
    draw([
      digits,
      ['flatten'],
      ['linear fc1', { outFeatures: 32, bias: false }],
      ['batchNorm2d bn'],
      ['relu'],
      ['linear fc'],
      ['classifier', { classes: 64 }],
    ]),
    'rank-mismatch',
    'Replace “bn” with BatchNorm1d',
  ],
  [
    'a convolution after Flatten',
    draw([digits, ['flatten'], conv('conv1', 8), ['relu'], ['linear fc', { outFeatures: 10 }], ['classifier']]),
    'rank-mismatch',
    'Move “flatten” between “relu” and “fc”',
  ],
  [
    'a Reshape to another number of values',
    draw([digits, ['reshape', { shape: [700] }], ['linear fc', { outFeatures: 10 }], ['classifier']]),
    'size-mismatch',
    'Set shape of “reshape” to 784',
  ],
  [
    'an image straight into the classifier',
    draw([digits, conv('conv1', 8), ['relu'], ['classifier']]),
    'rank-mismatch',
    'Insert Flatten and Linear between “relu” and “classifier”',
  ],
  [
    'a channel for each class straight into the classifier',
    draw([digits, conv('conv1', 10), ['classifier']]),
    'rank-mismatch',
    'Insert GlobalAvgPool2d and Flatten between “conv1” and “classifier”',
  ],
  [
    'an input without a channel axis',
    draw([['input digits', { shape: [28, 28] }], conv('conv1', 8), ['relu'], ...head]),
    'rank-mismatch',
    'Set shape of “digits” to 1×28×28',
  ],
  [
    'a flat input before a convolution',
    draw([['input digits', { shape: [784] }], conv('conv1', 8), ['relu'], ...head]),
    'rank-mismatch',
    'Set shape of “digits” to 1×28×28',
  ],
  [
    'a vector into a transposed convolution',
    draw(
      [
        ['input noise', { shape: [100] }],
        ['linear fc1', { outFeatures: 6272 }],
        ['relu'],
        ['convTranspose2d up', { outChannels: 1 }],
        ['regression'],
      ],
      'own/images',
    ),
    'rank-mismatch',
    'Insert Reshape between “relu” and “up”',
  ],
  [
    'an image with its channels last',
    draw([['input image', { shape: [32, 32, 3] }], conv('conv1', 8), ['relu'], ...head], 'own/images'),
    'channels-last',
    'Set shape of “image” to 3×32×32',
    'warning',
  ],
  [
    'Linear after a global mean',
    draw([digits, conv('conv1', 8), ['globalAvgPool2d'], ['linear fc', { outFeatures: 10 }], ['classifier']]),
    'rank-mismatch',
    'Insert Flatten between “globalAvgPool2d” and “fc”',
  ],
];
