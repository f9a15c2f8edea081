import { changed, conv, digits, draw, head, type Mistake, residual, set, small } from './mistake.ts';

/** Missing, superfluous and circular connections; unknown layers and values. */
export const connectionMistakes: readonly Mistake[] = [
  [
    'no input',
    changed(small, { kind: 'removeNodes', nodes: ['digits'], heal: false }),
    'no-input',
    'Add Input and connect it to “conv1”',
  ],
  [
    'no output',
    draw([digits, conv('conv1', 8), ['relu']]),
    'no-output',
    'Add Flatten, Linear and Classifier after “relu”',
  ],
  [
    'two connections to one input',
    changed(small, {
      kind: 'connect',
      from: { node: 'digits', port: 'y' },
      to: { node: 'pool', port: 'x' },
      keepOthers: true,
    }),
    'input-taken',
    'Remove connection digits.y → pool.x',
  ],
  [
    'a cycle',
    changed(
      small,
      { kind: 'connect', from: { node: 'pool', port: 'y' }, to: { node: 'conv1', port: 'x' }, keepOthers: true },
      { kind: 'disconnect', edges: ['digits.y>conv1.x'] },
    ),
    'cycle',
    'Remove connection “pool” → “conv1” and connect “digits” to “conv1”',
  ],
  [
    'an input that is not connected',
    changed(small, { kind: 'disconnect', edges: ['relu.y>pool.x'] }),
    'unconnected-input',
    'Connect “relu” to “pool”',
  ],
  [
    'a branch without an output',
    draw([digits, conv('conv1', 8), ['relu'], ['dropout', {}, ['conv1']], ['flatten', {}, ['relu']], ...head.slice(1)]),
    'dead-end',
    'Remove “dropout”',
    'warning',
  ],
  [
    'two layers of the same name',
    changed(small, { kind: 'renameNode', node: 'pool', name: 'relu' }),
    'duplicate-name',
    'Rename to “relu2”',
  ],
  [
    'a value out of range',
    changed(small, set('conv1', 'outChannels', 0)),
    'invalid-config',
    'Set output channels of “conv1” to 16',
  ],
  [
    'a layer name of another framework',
    draw([
      digits,
      ['flatten'],
      ['Dense fc1', { outFeatures: 32 }],
      ['relu'],
      ['linear fc', { outFeatures: 10 }],
      ['classifier'],
    ]),
    'unknown-layer',
    'Replace “fc1” with Linear',
  ],
  [
    'a shortcut connected at one end',
    changed(residual([conv('conv2', 8), ['relu relu3'], conv('conv3', 8)]), {
      kind: 'disconnect',
      edges: ['relu1.y>add.x0'],
    }),
    'unconnected-input',
    'Connect “relu1” to “add”',
  ],
  [
    'an Add with one connection after an input of fewer channels',
    changed(draw([digits, conv('a', 8), conv('b', 8), ['add', {}, ['a', 'b']], ...head]), {
      kind: 'disconnect',
      edges: ['a.y>add.x0'],
    }),
    'unconnected-input',
    'Connect “a” to “add”',
  ],
  [
    'a Concat with one connection beside an unused branch',
    changed(draw([digits, conv('a', 4), conv('b', 4, {}, ['digits']), ['concat', {}, ['a', 'b']], ...head]), {
      kind: 'disconnect',
      edges: ['b.y>concat.x1'],
    }),
    'unconnected-input',
    'Connect “b” to “concat”',
  ],
  [
    'an Add of a single input',
    changed(draw([digits, ['flatten'], ['add', {}, ['flatten', 'flatten']], ...head.slice(1)]), {
      kind: 'disconnect',
      edges: ['flatten.y>add.x1'],
    }),
    'unconnected-input',
    'Remove “add”',
  ],
  [
    'a merge with an unconnected input',
    draw([
      digits,
      conv('a', 4),
      ['relu ra'],
      conv('b', 4, { kernelSize: [5, 5], padding: [2, 2] }, ['digits']),
      ['relu rb'],
      ['concat', { count: 3 }, ['ra', 'rb']],
      ...head,
    ]),
    'unconnected-input',
    'Connect “digits” to “concat”',
  ],
  [
    'a single unconnected layer',
    changed(small, {
      kind: 'addNode',
      node: { id: 'lone', layer: 'tanh', name: 'lone', config: {}, position: { x: 400, y: 0 } },
    }),
    'unconnected-input',
    'Remove “lone”',
    'warning',
  ],
  [
    'a branch of several layers without an output',
    draw([
      digits,
      conv('conv1', 8),
      ['relu'],
      conv('side', 4, {}, ['digits']),
      ['tanh'],
      ['flatten', {}, ['relu']],
      ...head.slice(1),
    ]),
    'dead-end',
    'Remove “tanh” and the layer that only it uses',
    'warning',
  ],
];
