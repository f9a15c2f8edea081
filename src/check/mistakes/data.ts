import { knownFacts } from '../../data/known.ts';
import type { DataFacts, NetworkDocument, SplitConfig } from '../../graph/document.ts';
import { changed, conv, digits, draw, head, type Mistake, type Row, set, small } from './mistake.ts';

const share = (test: number): SplitConfig => ({ kind: 'share', test, stratified: true });
const folds = (count: number, fold: number): SplitConfig => ({ kind: 'folds', folds: count, fold, stratified: true });

const withSplit = (validation: number, split: SplitConfig): NetworkDocument => ({
  ...small,
  data: { ...small.data, validation, split },
});

/** The network with own data of that many samples. */
function ofSamples(count: number, split?: SplitConfig): NetworkDocument {
  const facts = { ...(knownFacts('mnist') as DataFacts), count };
  return { ...small, data: { ...small.data, source: 'few.npz', facts, ...(split && { split }) } };
}

/** Inputs and outputs that do not match the dataset. */
export const dataMistakes: readonly Mistake[] = [
  [
    'fewer classes than the data has',
    changed(small, set('fc', 'outFeatures', 5), set('digit', 'classes', 5)),
    'data-classes',
    'Set classes of “digit” to 10; set units of “fc” to 10',
    'warning',
  ],
  [
    'an input shape that differs from the data',
    draw([['input digits', { shape: [3, 32, 32] }], conv('conv1', 8), ['relu'], ...head]),
    'data-shape',
    'Set shape of “digits” to 1×28×28, padded to 32×32',
    'warning',
  ],
  [
    'a classifier for numeric targets',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 10 }], ['classifier y']], 'linear'),
    'data-answers',
    'Replace “y” with Regression; set units of “fc” to 1',
    'warning',
  ],
  [
    'the digits with their channel last',
    draw([['input digits', { shape: [28, 28, 1] }], conv('conv1', 8), ['relu'], ...head]),
    'data-shape',
    'Set shape of “digits” to 1×28×28',
    'warning',
  ],
  [
    'a flat input for the digits',
    draw([['input digits', { shape: [784] }], ['linear fc1', { outFeatures: 32 }], ['relu'], ...head.slice(1)]),
    'data-shape',
    'Set shape of “digits” to 1×28×28, flattened',
    'warning',
  ],
  [
    'an input for larger images than the data has',
    draw([
      ['input digits', { shape: [3, 64, 64] }],
      ...[1, 2, 3, 4, 5].map((i): Row => [`maxPool2d pool${i}`]),
      ...head,
    ]),
    'data-shape',
    'Set shape of “digits” to 1×28×28, enlarged to 56×56',
    'warning',
  ],
  [
    'a network of points while images are chosen as data',
    draw([
      ['input x', { shape: [2] }],
      ['linear fc1', { outFeatures: 8 }],
      ['relu'],
      ['linear fc', { outFeatures: 2 }],
      ['classifier', { classes: 2 }],
    ]),
    'data-shape',
    'Train on dataset “moons”',
    'warning',
  ],
  [
    'missing data, 224×224 images in 1,000 classes',
    draw(
      [
        ['input image', { shape: [3, 224, 224] }],
        conv('conv1', 8),
        ['relu'],
        ['globalAvgPool2d'],
        ['flatten'],
        ['linear fc', { outFeatures: 1000 }],
        ['classifier', { classes: 1000 }],
      ],
      'imagenet',
    ),
    'data-missing',
    'Train on images of handwritten digits “mnist”: input 1×28×28, 10 classes',
    'warning',
  ],
  [
    'missing data, 32×32 images',
    draw([['input image', { shape: [3, 32, 32] }], conv('conv1', 8), ['relu'], ...head], 'cifar10'),
    'data-missing',
    'Train on images of handwritten digits “mnist”: input 1×28×28, padded to 32×32, 10 classes',
    'warning',
  ],
  [
    'missing data, other data fits',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 1 }], ['regression']], 'houses'),
    'data-missing',
    'Train on dataset “linear”',
    'warning',
  ],
  [
    'a binary classifier for numeric targets',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 1 }], ['binaryClassifier y']], 'linear'),
    'data-answers',
    'Replace “y” with Regression',
    'warning',
  ],
  [
    'a regression for class labels',
    draw([digits, ['flatten'], ['linear fc', { outFeatures: 1 }], ['regression y']]),
    'data-answers',
    'Replace “y” with Classifier; set units of “fc” to 10',
    'warning',
  ],
  [
    'a binary classifier per pixel for class labels',
    draw([digits, conv('conv1', 8), ['relu'], conv('conv2', 1), ['binaryClassifier y']]),
    'data-answers',
    'Replace “y” with Classifier; insert GlobalAvgPool2d, Flatten and Linear between “conv2” and “y”',
    'warning',
  ],
  [
    'two regression outputs for one target',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 2 }], ['regression y']], 'linear'),
    'data-count',
    'Set units of “fc” to 1',
    'warning',
  ],
  [
    'two binary outputs for one target',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 2 }], ['binaryClassifier y']], 'xor'),
    'data-count',
    'Set units of “fc” to 1',
    'warning',
  ],
  [
    'two networks on one canvas',
    draw([
      digits,
      ['flatten'],
      ['linear fc', { outFeatures: 10 }],
      ['classifier'],
      ['input other', { shape: [1, 28, 28] }, []],
      ['flatten flat2'],
      ['linear fc2', { outFeatures: 10 }],
      ['classifier classes2'],
    ]),
    'data-ends',
    'Keep the layers before “classifier”, remove 4 layers',
    'warning',
  ],
  [
    'two inputs',
    draw([digits, ['input other', { shape: [1, 28, 28] }, []], ['concat', {}, ['digits', 'other']], ...head]),
    'data-ends',
    'Connect “digits” to “concat”, remove “other”',
    'warning',
  ],
  [
    'two output layers',
    draw([
      digits,
      ['flatten'],
      ['linear fc', { outFeatures: 10 }],
      ['classifier'],
      ['linear fc2', { outFeatures: 1 }, ['flatten']],
      ['regression'],
    ]),
    'data-ends',
    'Keep the layers before “classifier”, remove 2 layers',
    'warning',
  ],
  [
    'inputs that are not named as in the data',
    draw(
      [
        ['input left', { shape: [2] }],
        ['input right', { shape: [2] }, []],
        ['concat', {}, ['left', 'right']],
        ['linear fc', { outFeatures: 1 }],
        ['regression distance'],
      ],
      'pairs',
    ),
    'data-ends',
    'Rename “left” to “a”, rename “right” to “b”',
    'warning',
  ],
  ['shares that leave nothing to train on', withSplit(0.5, share(0.6)), 'split-shares', 'Split 80/10/10', 'warning'],
  ['shares that add up to all samples', withSplit(0.5, share(0.5)), 'split-shares', 'Split 80/10/10', 'warning'],
  ['a fold beyond the last', withSplit(0.2, folds(5, 6)), 'split-fold', 'Validate on fold 1', 'warning'],
  [
    'digits split by a column',
    withSplit(0.2, { kind: 'column', column: 'part', parts: {} }),
    'split-kind',
    'Split 80/20',
    'warning',
  ],
  ['more folds than samples', ofSamples(3, folds(5, 1)), 'split-folds', 'Split 80/20', 'warning'],
  ['too few samples for the shares', ofSamples(2), 'split-empty', 'Split 50/50', 'warning'],
];
