import type { Edit } from '../../graph/edits.ts';
import { changed, conv, digits, draw, head, inBatches, type Mistake } from './mistake.ts';

const vectorNorm = draw([
  digits,
  ['flatten'],
  ['linear fc1', { outFeatures: 16, bias: false }],
  ['batchNorm1d bn'],
  ['relu'],
  ...head.slice(1),
]);

/** Settings that slow training down or stop it. */
export const trainingMistakes: readonly Mistake[] = [
  [
    'Dropout with probability 1',
    draw([digits, ['flatten'], ['dropout', { p: 1 }], ...head.slice(1)]),
    'drops-everything',
    'Set dropout rate of “dropout” to 0.5',
    'warning',
  ],
  [
    'two linear layers without an activation between them',
    draw([digits, ['flatten'], ['linear fc1', { outFeatures: 100 }], ...head.slice(1)]),
    'linear-in-a-row',
    'Insert ReLU between “fc1” and “fc”',
    'warning',
  ],
  [
    'a bias right before batch norm',
    draw([digits, conv('conv1', 8), ['batchNorm2d bn'], ['relu'], ...head]),
    'bias-before-norm',
    'Set bias of “conv1” to false',
    'hint',
  ],
  [
    'every layer frozen',
    changed(
      draw([digits, ...head]),
      ...draw([digits, ...head]).nodes.map(({ id }): Edit => ({ kind: 'setFrozen', node: id, frozen: true })),
    ),
    'all-frozen',
    'Unfreeze “fc”',
    'warning',
  ],
  [
    'batch norm of vectors in batches of one',
    inBatches(1, vectorNorm),
    'batch-norm-batch-1',
    'Set batch size to 32',
    'warning',
  ],
  [
    'batch norm of images in batches of one',
    inBatches(1, draw([digits, conv('conv1', 8, { bias: false }), ['batchNorm2d bn'], ['relu'], ...head])),
    'batch-norm-batch-1',
    'Set batch size to 32',
    'warning',
  ],
  [
    'batch norm of vectors, with a last batch of one sample',
    inBatches(7999, vectorNorm),
    'batch-norm-last-batch',
    'Set batch size to 8000',
    'warning',
  ],
];
