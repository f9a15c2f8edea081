import { describe, expect, it } from 'vitest';
import { networkOf } from '../engine/operatorNetwork.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdits } from '../graph/edits.ts';
import { node, operator } from '../onnx/operatorParts.ts';
import { check } from './check.ts';

const cumSum = operator({
  title: 'CumSum',
  nodes: [node('Constant', [], ['axis'], { value_int: 1 }), node('CumSum', ['x', 'axis'], ['y'])],
  inputs: { x: 'float32 N,4' },
  outputs: { y: 'float32 N,4' },
  weights: {},
});
const square = operator({
  title: 'Mul',
  nodes: [node('Mul', ['x', 'x'], ['y'])],
  inputs: { x: 'float32 N,4' },
  outputs: { y: 'float32 N,4' },
});
const ids = operator({
  title: 'Gather',
  nodes: [node('Gather', ['table', 'ids'], ['y'])],
  inputs: { ids: 'int64 N,3' },
  outputs: { y: 'float32 N,3,2' },
  weights: { table: [5, 2] },
});

/** Input, Linear `fc`, the operator, Linear `last`, an output. */
function trained(definition: typeof cumSum, end = 'regression'): NetworkDocument {
  const at = { x: 0, y: 0 };
  const of = (id: string, layer: string, config = {}) => ({ id, name: id, layer, config, position: at });
  const edge = (from: string, to: string, out = 'y', into = 'x') => {
    const [a, b] = [
      { node: from, port: out },
      { node: to, port: into },
    ];
    return { id: edgeId(a, b), from: a, to: b };
  };
  return {
    ...networkOf(definition),
    nodes: [
      of('x', 'input', { shape: [2] }),
      of('fc', 'linear', { outFeatures: 4 }),
      of('op', 'onnx:op'),
      of('last', 'linear', { outFeatures: 2 }),
      of('end', end),
    ],
    edges: [edge('x', 'fc'), edge('fc', 'op'), edge('op', 'last'), edge('last', 'end')],
    data: { source: 'xor', validation: 0.2, splitSeed: 1 },
  };
}

const found = (document: NetworkDocument) =>
  check(document).diagnostics.map(({ code, node: at, severity }) => `${severity} ${code} ${at}`);

describe('an ONNX operator', () => {
  it('of known ops takes other sizes than it was imported with', () => {
    const document = networkOf(square);
    const wider = {
      ...document,
      nodes: document.nodes.map((each) => (each.layer === 'input' ? { ...each, config: { shape: [7] } } : each)),
    };
    expect(check(wider).nodes.get('op')?.outputs).toEqual({ y: [7] });
  });

  it('of other ops only takes its own sizes', () => {
    const document = networkOf(cumSum);
    const wider = {
      ...document,
      nodes: document.nodes.map((each) => (each.layer === 'input' ? { ...each, config: { shape: [7] } } : each)),
    };
    expect(check(document).nodes.get('op')?.outputs).toEqual({ y: [4] });
    expect(found(wider)).toContain('error operator-input op');
    expect(check(wider).diagnostics[0]?.message.en).toContain('float32 N×4, but “in.x” outputs float32 N×7');
  });

  it.each([
    ['no base64', { model: '%' }],
    ['another model', { model: square.model, outputs: [] }],
    ['a cut model', { model: square.model.slice(0, 40) }],
    ['missing weights', { weights: [{ name: 'w', shape: [2] }] }],
  ])('with %s is an error, not an exception', (_, change) => {
    const document = networkOf({ ...cumSum, ...change });
    expect(found({ ...document, operators: [{ ...cumSum, ...change }] }).some((line) => line.startsWith('error'))).toBe(
      true,
    );
  });

  it('that the document lacks is said', () =>
    expect(found({ ...networkOf(cumSum), operators: [] })).toContain('error missing-operator op'));
});

describe('raw values', () => {
  it('go from an input through an operator', () => {
    const { graph, nodes } = check(networkOf(ids));
    expect(graph).not.toBeNull();
    expect(nodes.get('in.ids')?.raw).toEqual({ y: { dtype: 'int64', dims: [3], batch: true } });
    expect(nodes.get('op')?.outputs).toEqual({ y: [3, 2] });
  });

  it.each([
    ['of whole numbers', { shape: [4], dtype: 'int64' }, 'int64 N×4'],
    ['without batch axis', { shape: [4], batch: false }, 'float32 4'],
  ])('%s are refused by layers', (_, config, type) => {
    const document = trained(square);
    const nodes = document.nodes.map((each) => (each.id === 'x' ? { ...each, config } : each));
    const { diagnostics } = check({ ...document, nodes });
    expect(diagnostics.map(({ code, node: at }) => [code, at])).toContainEqual(['raw-value', 'fc']);
    expect(diagnostics.find(({ code }) => code === 'raw-value')?.message.en).toContain(type);
  });
});

describe('training', () => {
  it('passes operators of known ops', () => {
    const { graph, diagnostics } = check(trained(square));
    expect(diagnostics.filter(({ code }) => code === 'no-gradient')).toEqual([]);
    expect(graph?.nodes.some(({ node: { frozen } }) => frozen)).toBe(false);
  });

  it('stops at other operators: the layers before are frozen, and a fix says so in the document', () => {
    const { graph, diagnostics } = check(trained(cumSum));
    const problem = diagnostics.find(({ code }) => code === 'no-gradient');
    expect(problem?.message.en).toContain('not trained: “fc”.');
    expect(graph?.nodes.filter(({ node: { frozen } }) => frozen).map(({ node: { name } }) => name)).toEqual([
      'x',
      'fc',
      'op',
    ]);
    const fixed = applyEdits(trained(cumSum), problem?.fixes[0]?.edits ?? []);
    expect(found(fixed).filter((line) => line.includes('no-gradient'))).toEqual([]);
  });

  it('needs a loss: an Output is replaced by an output that fits the data', () => {
    const problem = check(trained(square, 'output')).diagnostics.find(({ code }) => code === 'no-loss');
    expect(problem?.stops).toBe('training');
    const ends = problem?.fixes.map(({ edits }) => applyEdits(trained(square, 'output'), edits).nodes.at(-1)?.layer);
    expect(ends).toEqual(['classifier']);
  });
});
