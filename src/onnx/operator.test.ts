import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { documentSchema, emptyDocument, LARGEST_OPERATORS, type OperatorDefinition } from '../graph/document.ts';
import { readProject, writeDocument, writeProject } from '../graph/file.ts';
import { ModelProtoSchema } from './gen/onnx_pb.ts';
import { makeOperator, operatorModel } from './operator.ts';

const relu = makeOperator({
  id: 'relu',
  title: 'Relu',
  model: create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ version: 17n }],
    graph: { name: 'Relu', node: [{ opType: 'Relu', input: ['x'], output: ['y'] }] },
  }),
  inputs: [{ name: 'x', type: { dtype: 'float32', dims: [4], batch: true } }],
  outputs: [{ name: 'y', type: { dtype: 'float32', dims: [4], batch: true } }],
  weights: [],
});

/** A file with a network that uses the operators. */
function saved(operators: readonly Readonly<Record<string, unknown>>[] | undefined): Uint8Array {
  const nodes = (operators ?? []).map(({ id }, i) => {
    return { id: `n${i}`, name: `n${i}`, layer: `onnx:${id}`, config: {}, position: { x: 0, y: 0 } };
  });
  return new TextEncoder().encode(JSON.stringify({ ...emptyDocument, nodes, operators }));
}

describe('an ONNX operator', () => {
  it('has its model after saving and opening', () => {
    const { document } = readProject(writeProject({ ...readProject(saved([relu]), 'a.netloom') }), 'a.netloom');
    expect(document.operators).toEqual([relu]);
    expect(operatorModel(document.operators?.[0] as OperatorDefinition)?.graph?.node[0]?.opType).toBe('Relu');
  });

  it.each([
    ['no base64', '%%%'],
    ['no ONNX model', 'AAAA'],
    ['a cut model', relu.model.slice(0, 12)],
    ['nothing', ''],
  ])('of %s has no model', (_, model) => expect(operatorModel({ ...relu, model })).toBeNull());

  it.each<[string, Record<string, unknown>]>([
    [
      'an unknown element type',
      { ...relu, inputs: [{ name: 'x', type: { dtype: 'float31', dims: [], batch: true } }] },
    ],
    ['a negative size', { ...relu, outputs: [{ name: 'y', type: { dtype: 'bool', dims: [-1], batch: true } }] }],
    ['a reserved port', { ...relu, inputs: [{ ...relu.inputs[0], name: 'constructor' }] }],
    ['no model', { ...relu, model: undefined }],
  ])('with %s is refused, and left out by lenient reading', (_, operator) => {
    expect(() => readProject(saved([operator]), 'a.netloom')).toThrow('operators');
    const { document, remarks } = readProject(saved([operator]), 'a.netloom', 'lenient');
    expect(document.operators ?? []).toEqual([]);
    expect(remarks).toHaveLength(1);
  });
});

it('an operator that no layer uses is not saved', () => {
  const { document } = readProject(saved([relu]), 'a.netloom');
  const text = writeDocument({ ...document, nodes: [] });
  expect(text).toBe(writeDocument(emptyDocument));
});

it('operators have a limit in all', () => {
  const half = { ...relu, model: 'A'.repeat(LARGEST_OPERATORS / 2 + 1) };
  const isValid = (operators: readonly unknown[]) => documentSchema.safeParse({ ...emptyDocument, operators }).success;
  expect([isValid([half]), isValid([half, { ...half, id: 'other' }])]).toEqual([true, false]);
});

it('a document without operators is written without them', () =>
  expect(new TextDecoder().decode(saved(undefined))).not.toContain('operators'));
