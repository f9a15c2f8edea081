import { expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits, type Edit } from '../../../src/graph/edits.ts';
import { templateOf } from '../../../templates/index.ts';
import { byNode, diagnosticsOf, fixable, worst } from '../../state/problems/problems.ts';
import { previewOf } from './preview.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const broken = (...edits: Edit[]) => {
  const document = applyEdits(lenet, edits);
  return { document, result: check(document) };
};

test('problems are grouped by layer, errors before warnings', () => {
  const { result } = broken(
    { kind: 'removeNodes', nodes: ['act4'], heal: true },
    { kind: 'setConfig', node: 'conv2', key: 'groups', value: 5 },
    { kind: 'renameNode', node: 'conv2', name: 'conv1' },
  );
  const groups = byNode(result.diagnostics).map(([node, list]) => [node, list.map(({ severity }) => severity)]);
  expect(groups[0]).toEqual(['conv2', ['error', 'error']]);
  expect(fixable(result.diagnostics)).toBe(result.diagnostics.length);
});

test('a preview has the output shape of the layer and the remaining problems', () => {
  const { document, result } = broken(
    { kind: 'setConfig', node: 'conv2', key: 'kernelSize', value: [20, 20] },
    { kind: 'renameNode', node: 'fc2', name: 'fc1' },
  );
  const problem = result.diagnostics.find(({ code }) => code === 'window-too-large');
  const padded = problem?.fixes.find(({ title }) => title.en.startsWith('Set padding'));
  if (problem === undefined || padded === undefined) throw new Error('no such fix');
  expect(previewOf(document, result, padded, problem.node)).toEqual({
    gives: { name: 'conv2', shape: '16×14×14' },
    errors: 1,
  });
});

test('an empty network has no problems, one with a layer has', () => {
  const empty = applyEdits(lenet, [{ kind: 'removeNodes', nodes: lenet.nodes.map(({ id }) => id), heal: false }]);
  expect(check(empty).graph).toBeNull();
  expect(diagnosticsOf(empty, check(empty).diagnostics)).toEqual([]);
  const [first] = lenet.nodes;
  const { diagnostics } = check({ ...empty, nodes: first ? [first] : [] });
  expect(diagnosticsOf({ nodes: lenet.nodes }, diagnostics)).toBe(diagnostics);
  expect(worst(diagnostics)).toBe('error');
});

test.each([
  [[], null],
  [['hint'], 'hint'],
  [['hint', 'warning'], 'warning'],
  [['warning', 'error', 'hint'], 'error'],
] as const)('the worst of %j is %s', (severities, expected) => {
  const [any] = broken({ kind: 'removeNodes', nodes: ['act4'], heal: false }).result.diagnostics;
  if (any === undefined) throw new Error('no diagnostic');
  expect(worst(severities.map((severity) => ({ ...any, severity })))).toBe(expected);
});
