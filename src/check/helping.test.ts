import { expect, test } from 'vitest';
import { templateOf, templates } from '../../templates/index.ts';
import type { Diagnostic } from '../graph/diagnostic.ts';
import type { ConfigValue, NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { CARD } from '../layout/card.ts';
import { withRoom } from '../layout/room.ts';
import { cardSize } from '../layout/size.ts';
import { fixAll } from '../plan/fixAll.ts';
import { type Random, random } from '../random/philox.ts';
import { check } from './check.ts';

const template = (id: string): NetworkDocument => {
  const document = templateOf(id)?.document;
  if (document === undefined) throw new Error(`no template ${id}`);
  return document;
};

/** LeNet, a network with batch norm, one for points, and one with blocks. */
const networks = ['lenet_modern', 'bn_lenet', 'xor_mlp', 'resnet20_cifar_b'].map(template);
const types = [
  'relu',
  'softmax',
  'flatten',
  'add',
  'concat',
  'maxPool2d',
  'batchNorm1d',
  'binaryClassifier',
  'nothing',
];
const values: readonly ConfigValue[] = [
  0,
  1,
  3,
  7,
  10,
  64,
  'same',
  [1, 1],
  [2, 2],
  [4, 4],
  [9, 9],
  [28, 28, 1],
  [3, 32, 32],
];

const pick = <T>(rng: Random, list: readonly T[]): T => list[rng.below(list.length)] as T;

/** A random edit that damages a network. */
function damage(rng: Random, doc: NetworkDocument): Edit {
  const [node, other] = [pick(rng, doc.nodes), pick(rng, doc.nodes)];
  const keys = Object.keys(node.config);
  const kinds: readonly (() => Edit)[] = [
    () => ({
      kind: 'setConfig',
      node: node.id,
      key: pick(rng, keys.length > 0 ? keys : ['axis']),
      value: pick(rng, values),
    }),
    () => ({ kind: 'removeNodes', nodes: doc.nodes.length > 3 ? [node.id] : [], heal: rng.below(2) === 1 }),
    () => ({ kind: 'disconnect', edges: doc.edges.length === 0 ? [] : [pick(rng, doc.edges).id] }),
    () => ({
      kind: 'connect',
      from: { node: node.id, port: 'y' },
      to: { node: other.id, port: pick(rng, ['x', 'x0', 'x1']) },
      keepOthers: rng.below(3) === 0,
    }),
    () => ({
      kind: 'replaceNode',
      node: { ...node, layer: pick(rng, types) },
      ports: { inputs: { x: 'x' }, outputs: { y: 'y' } },
    }),
    () => ({ kind: 'renameNode', node: node.id, name: other.name }),
    () => ({ kind: 'setData', data: { ...doc.data, source: pick(rng, ['mnist', 'xor', 'linear', 'nothing']) } }),
    () => ({ kind: 'setRecipe', recipe: { ...doc.recipe, batchSize: pick(rng, [1, 32]) } }),
  ];
  return pick(rng, kinds)();
}

const rank = ({ severity, stops }: Diagnostic): number =>
  severity === 'error' ? 0 : stops === 'training' ? 1 : severity === 'warning' ? 2 : 3;

const counts = (problems: readonly Diagnostic[]): readonly number[] =>
  [0, 1, 2, 3].map((severity) => problems.filter((problem) => rank(problem) === severity).length);

const total = (problems: readonly Diagnostic[]): number =>
  problems.filter(({ severity }) => severity !== 'hint').length;

/** True for fewer problems, or as many with lower severity. */
function isBetter(after: readonly Diagnostic[], before: readonly Diagnostic[]): boolean {
  const by = counts(after).map((count, i) => count - (counts(before)[i] ?? 0));
  return total(after) <= total(before) && (by.find((change) => change !== 0) ?? 0) < 0;
}

const key = ({ code, node, port }: Diagnostic): string => [code, node, port].join();

test('each fix of a single damage leaves fewer problems, and no new error', () => {
  let tried = 0;
  for (let run = 0; run < 160; run++) {
    const rng = random(run, 'damage');
    const sound = pick(rng, networks);
    const doc = applyEdits(sound, [damage(rng, sound)]);
    const before = check(doc);
    for (const { fixes, message } of before.diagnostics) {
      for (const fix of fixes) {
        tried++;
        const after = check(applyEdits(doc, fix.edits));
        // Dead ends are reported only without errors, and layers with unknown shapes may have problems that show later.
        const shown = after.diagnostics.filter(
          (problem) =>
            before.diagnostics.some((known) => key(known) === key(problem)) ||
            (problem.code !== 'dead-end' &&
              (problem.node === null || Object.keys(before.nodes.get(problem.node)?.inputs ?? {}).length > 0)),
        );
        expect(isBetter(shown, before.diagnostics), `run ${run}: ${message.en} ${fix.title.en}`).toBe(true);
        const errors = (list: readonly Diagnostic[]) => counts(list)[0] ?? 0;
        expect(errors(shown)).toBeLessThanOrEqual(errors(before.diagnostics));
      }
    }
  }
  expect(tried).toBeGreaterThan(150);
});

test('"Fix all" of several damages ends and never leaves more problems', () => {
  for (let run = 0; run < 60; run++) {
    const rng = random(run, 'several');
    let doc = pick(rng, networks);
    for (let i = 0; i < 4; i++) doc = applyEdits(doc, [damage(rng, doc)]);
    const before = check(doc);
    const { after, edits } = fixAll(doc);
    expect(check(applyEdits(doc, edits)).diagnostics).toEqual(after.diagnostics);
    const errors = (list: readonly Diagnostic[]) => list.filter(({ severity }) => severity === 'error').length;
    expect(errors(after.diagnostics), `run ${run}`).toBeLessThanOrEqual(errors(before.diagnostics));
  }
});

test('no fix places a card on another', () => {
  for (let run = 0; run < 120; run++) {
    const rng = random(run, 'cards');
    const sound = pick(rng, networks);
    const doc = applyEdits(sound, [damage(rng, sound)]);
    for (const { fixes } of check(doc).diagnostics) {
      for (const fix of fixes) {
        const { nodes } = applyEdits(doc, withRoom(doc, fix.edits, cardSize));
        const hidden = nodes.filter((a) =>
          nodes.some(
            (b) =>
              a !== b &&
              Math.abs(a.position.x - b.position.x) < CARD.width &&
              Math.abs(a.position.y - b.position.y) < CARD.height,
          ),
        );
        expect(hidden, fix.title.en).toEqual([]);
      }
    }
  }
});

test.each(
  templates.map((each) => [each.id, each.document] as const),
)('%s can be trained, or has a warning with a fix', (_, doc) => {
  const problems = check(doc).diagnostics.filter(({ severity }) => severity !== 'hint');
  if (problems.length === 0) return;
  expect(problems.map(({ code, stops }) => [code, stops])).toEqual([['data-missing', 'training']]);
  const [fix] = problems[0]?.fixes ?? [];
  const after = check(applyEdits(doc, fix?.edits ?? []));
  expect(total(after.diagnostics)).toBe(0);
  expect(after.graph?.document.data.source).toBe('mnist');
});
