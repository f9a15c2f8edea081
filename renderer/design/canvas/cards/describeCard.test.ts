import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import { emptyDocument, type NetworkDocument } from '../../../../src/graph/document.ts';
import { add, connect } from '../../../../src/graph/drawn.ts';
import { applyEdits, type Edit } from '../../../../src/graph/edits.ts';
import { templateOf } from '../../../../templates/index.ts';
import { liveOf } from '../scene/live.ts';
import { sceneOf } from '../scene/scene.ts';
import { toFlow } from '../scene/toFlow.ts';
import { nameCard } from './describeCard.ts';

const drawing = (...edits: readonly Edit[]): NetworkDocument => applyEdits(emptyDocument, edits);

const near = { detail: 'card', region: { x: 0, y: 0, width: 9, height: 9 }, labels: true } as const;
const far = { ...near, detail: 'name' } as const;

/** Name and description of a card for screen readers, in English and Chinese. */
function spoken(doc: NetworkDocument, id: string, drawn: typeof near | typeof far = near): readonly string[] {
  const scene = sceneOf(doc, check(doc), null);
  const selection = { nodes: [id], edges: [] };
  const live = liveOf(scene, drawn, selection, { cards: [], pointed: null, edge: null });
  return (['en', 'zh'] as const).flatMap((language) => {
    const node = toFlow(scene, live, selection, language, null).nodes.find((each) => each.id === id);
    return [node?.ariaLabel ?? '', node?.domAttributes?.['aria-description'] ?? ''];
  });
}

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const image = add('input', 'input', { shape: [1, 8, 8] });
const half = drawing(
  image,
  add('left', 'relu'),
  add('sum', 'add'),
  connect('input', 'left'),
  connect('left', 'sum', 'x1'),
);
const wide = drawing(image, add('cat', 'concat', { count: 4 }), connect('input', 'cat', 'x2'));
const alone = drawing(add('act', 'relu'));
const frozen = applyEdits(lenet, [{ kind: 'setFrozen', node: 'conv2', frozen: true }]);
const wrong = applyEdits(lenet, [{ kind: 'setConfig', node: 'pool2', key: 'kernelSize', value: [40, 40] }]);

test.each<readonly [string, NetworkDocument, string, readonly string[]]>([
  [
    'settings, shape and both neighbors',
    lenet,
    'conv2',
    [
      'Conv2d conv2',
      '5×5 · 16 channels, output 16×10×10, from pool1, to act2.',
      '卷积层 conv2',
      '5×5 · 16 通道，输出 16×10×10，来自 pool1，连到 act2。',
    ],
  ],
  [
    'nothing comes before an input',
    lenet,
    'input',
    ['Input input', '1×28×28, output 1×28×28, to conv1.', '输入 input', '1×28×28，输出 1×28×28，连到 conv1。'],
  ],
  [
    'the shape that an end takes',
    lenet,
    'classes',
    [
      'Classifier classes',
      'Softmax · cross-entropy, input 10, from fc3.',
      '分类输出 classes',
      'softmax · 交叉熵，输入 10，来自 fc3。',
    ],
  ],
  [
    'frozen',
    frozen,
    'conv2',
    [
      'Conv2d conv2',
      '5×5 · 16 channels, output 16×10×10, from pool1, to act2, frozen.',
      '卷积层 conv2',
      '5×5 · 16 通道，输出 16×10×10，来自 pool1，连到 act2，已冻结。',
    ],
  ],
])('a card says: %s', (_, doc, id, words) => {
  expect(spoken(doc, id)).toEqual(words);
});

test.each<readonly [string, NetworkDocument, string, string, string]>([
  ['a free input of several, by name', half, 'sum', 'from left, input x0 not connected', '来自 left，输入 x0 未连接'],
  ['several free inputs', wide, 'cat', 'inputs x0, x1, x3 not connected', '输入 x0、x1、x3 未连接'],
  ['connected to nothing', alone, 'act', 'input not connected, output not connected.', '输入未连接，输出未连接。'],
  ['a problem as a sentence of its own', wrong, 'pool2', 'to flatten. The window of', '连到 flatten。'],
])('a card says: %s', (_, doc, id, en, zh) => {
  const [, english, , chinese] = spoken(doc, id);
  expect(english).toContain(en);
  expect(chinese).toContain(zh);
});

test('descriptions in a large network include painted connections', () => {
  const many = Array.from({ length: 120 }, (_, i) => `l${i}`);
  const chain = drawing(
    image,
    ...many.map((id) => add(id, 'relu')),
    ...many.map((id, i) => connect(i === 0 ? 'input' : `l${i - 1}`, id)),
  );
  expect(spoken(chain, 'l50', far)[1]).toContain('from l49, to l51.');
});

test('cards in an expanded block have the same description, with the ports of the block as neighbors', () => {
  const doc = applyEdits(templateOf('resnet18')?.document as NetworkDocument, [
    { kind: 'setOpen', node: 'stage1', open: true },
  ]);
  const inside = sceneOf(doc, check(doc), null).cards.get('stage1')?.content.inside;
  expect(inside?.cards.map((card) => [nameCard(card).en, card.description])).toEqual([
    [
      'Residual block block1',
      {
        en: '3×3 · 3×3 · 64 channels, output 64×56×56, from x, to block2.',
        zh: '3×3 · 3×3 · 64 通道，输出 64×56×56，来自 x，连到 block2。',
      },
    ],
    [
      'Residual block block2',
      {
        en: '3×3 · 3×3 · 64 channels, output 64×56×56, from block1, to y.',
        zh: '3×3 · 3×3 · 64 通道，输出 64×56×56，来自 block1，连到 y。',
      },
    ],
  ]);
  expect(spoken(doc, 'stage1')[1]).toContain('expanded');
});
