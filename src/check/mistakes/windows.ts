import { changed, conv, digits, draw, head, type Mistake, type Row, set, small } from './mistake.ts';

/** Windows of convolutions and pools that do not fit. */
export const windowMistakes: readonly Mistake[] = [
  [
    'a kernel larger than its input',
    draw([
      digits,
      ['maxPool2d pool', { kernelSize: [7, 7], stride: [7, 7] }],
      conv('conv1', 8, { kernelSize: [5, 5], padding: [0, 0] }),
      ...head,
    ]),
    'window-too-large',
    'Set padding of “conv1” to 2',
  ],
  [
    'more pools than the image has room for',
    draw([digits, ...[1, 2, 3, 4, 5].map((i): Row => [`maxPool2d pool${i}`]), ...head]),
    'window-too-large',
    'Remove “pool5”',
  ],
  [
    'groups that do not divide the channels',
    draw([digits, conv('conv1', 6), conv('conv2', 8, { groups: 4 }), ...head]),
    'groups-do-not-divide',
    'Set groups of “conv2” to 2',
  ],
  [
    '"same" padding with a stride',
    changed(small, set('conv1', 'padding', 'same'), set('conv1', 'stride', [2, 2])),
    'same-padding-stride',
    'Set padding of “conv1” to 1',
  ],
  [
    'an even kernel with a stride and "same" padding',
    draw([
      ['input digits', { shape: [1, 28, 28] }],
      ['conv2d conv1', { outChannels: 8, kernelSize: [4, 4], stride: [2, 2], padding: 'same' }],
      ['relu'],
      ...head,
    ]),
    'same-padding-stride',
    'Set padding of “conv1” to 1',
  ],
  [
    'a dilated kernel with a stride and "same" padding',
    draw([digits, conv('conv1', 8, { dilation: [2, 2], stride: [2, 2], padding: 'same' }), ['relu'], ...head]),
    'same-padding-stride',
    'Set padding of “conv1” to 2',
  ],
  [
    'an even kernel with a stride on one axis and "same" padding',
    draw([digits, conv('conv1', 8, { kernelSize: [4, 4], stride: [1, 2], padding: 'same' }), ['relu'], ...head]),
    'same-padding-stride',
    'Insert ZeroPad2d between “digits” and “conv1”; set padding of “conv1” to 0',
  ],
  [
    'an even kernel, larger than its input',
    draw([
      ['input digits', { shape: [1, 28, 28] }],
      ['maxPool2d pool', { kernelSize: [9, 9], stride: [9, 9] }],
      conv('conv1', 8, { kernelSize: [4, 4], padding: [0, 0] }),
      ['relu'],
      ...head,
    ]),
    'window-too-large',
    'Set padding of “conv1” to same',
  ],
  [
    'output padding as large as the stride',
    draw([
      digits,
      conv('conv1', 8, { stride: [2, 2] }),
      ['convTranspose2d up', { outChannels: 4, outputPadding: [2, 2] }],
      ['relu'],
      ...head,
    ]),
    'output-padding-too-large',
    'Set output padding of “up” to 1',
  ],
  [
    'a transposed convolution whose padding leaves nothing',
    draw(
      [
        ['input v', { shape: [8, 1, 1] }],
        ['convTranspose2d up', { outChannels: 4, padding: [3, 3] }],
        ['relu'],
        ...head,
      ],
      'own/images',
    ),
    'window-too-large',
    'Set padding of “up” to 0',
  ],
];
