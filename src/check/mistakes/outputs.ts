import { changed, conv, digits, draw, head, type Mistake, set, small } from './mistake.ts';

/** Scores that do not match the output layer. */
export const outputMistakes: readonly Mistake[] = [
  [
    'scores that differ in number from the classes',
    changed(small, set('fc', 'outFeatures', 12)),
    'class-count',
    'Set units of “fc” to 10',
  ],
  [
    'softmax before a classifier, which applies softmax itself',
    draw([digits, ...head.slice(0, 2), ['softmax'], ['classifier']]),
    'double-softmax',
    'Remove “softmax” before “classifier”',
    'warning',
  ],
  [
    'ReLU after the last layer',
    draw([digits, ...head.slice(0, 2), ['relu'], ['dropout'], ['classifier']]),
    'activation-before-output',
    'Remove “relu” before “classifier”',
    'warning',
  ],
  [
    'sigmoid before a binary classifier',
    draw([['input x', { shape: [2] }], ['linear fc', { outFeatures: 1 }], ['sigmoid'], ['binaryClassifier y']], 'xor'),
    'double-softmax',
    'Remove “sigmoid” before “y”',
    'warning',
  ],
  [
    'two softmaxes before the classifier',
    draw([digits, ['flatten'], ['linear fc', { outFeatures: 10 }], ['softmax s'], ['softmax t'], ['classifier']]),
    'double-softmax',
    'Remove “s”, “t” before “classifier”',
    'warning',
  ],
  [
    'softmax before a Flatten before the classifier',
    draw([digits, conv('conv1', 10), ['globalAvgPool2d'], ['softmax'], ['flatten'], ['classifier']]),
    'double-softmax',
    'Remove “softmax” before “classifier”',
    'warning',
  ],
  [
    'softmax before Dropout and Identity before the classifier',
    draw([digits, ...head.slice(0, 2), ['softmax'], ['dropout'], ['identity'], ['classifier']]),
    'double-softmax',
    'Remove “softmax” before “classifier”',
    'warning',
  ],
  [
    'ReLU before a Flatten before the classifier',
    draw([digits, conv('conv1', 10), ['globalAvgPool2d'], ['relu'], ['flatten'], ['classifier']]),
    'activation-before-output',
    'Remove “relu” before “classifier”',
    'warning',
  ],
  [
    'pooled channels that differ in number from the classes',
    draw([digits, conv('conv1', 64), ['relu'], ['globalAvgPool2d'], ['flatten'], ['classifier']]),
    'class-count',
    'Insert Linear between “flatten” and “classifier”',
  ],
];
