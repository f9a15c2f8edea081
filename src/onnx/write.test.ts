import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { Builder } from '../ir/builder.ts';
import { CPU } from '../ir/target.ts';
import { floatTensor } from '../ir/tensor.ts';
import { OPSETS } from '../opsets.ts';
import { OpsetError } from './opset.ts';
import { readModel } from './read.ts';
import { PRODUCER_VERSION, writeModel } from './write.ts';

/** A program with a batch axis, a parameter, a constant, an op changed by opset 18, and two outputs. */
function small() {
  const g = new Builder('small');
  const x = g.input('x', 'float32', ['N', 2], { kind: 'data' });
  const w = g.input('fc/weight', 'float32', [2, 3], { kind: 'parameter' });
  const bias = g.constant(floatTensor([3], [1, 2, 3]), 'bias');
  const y = g.within('fc', () => g.add(g.matMul(x, w), bias));
  return g.finish([
    { value: y, role: { kind: 'prediction' }, name: 'y' },
    { value: g.reduceMean(y, [-1]), role: { kind: 'loss' }, name: 'mean' },
  ]);
}

const opsets = Array.from({ length: OPSETS.most - OPSETS.least + 1 }, (_, i) => OPSETS.least + i);

describe('writeModel', () => {
  it('writes what readModel reads', () => {
    const bytes = writeModel(small(), { metadata: { classes: '猫,dog', 'netloom.seed': '7' }, docString: 'A test.' });
    expect(readModel(bytes)).toEqual({
      irVersion: 8,
      opset: 17,
      domains: { '': 17 },
      producer: `netloom ${PRODUCER_VERSION}`,
      docString: 'A test.',
      metadata: { classes: '猫,dog', 'netloom.seed': '7' },
      ops: { MatMul: 1, Add: 1, ReduceMean: 1 },
      inputs: [
        { name: 'x', elementType: 'float', shape: ['N', 2] },
        { name: 'fc/weight', elementType: 'float', shape: [2, 3] },
      ],
      outputs: [
        { name: 'y', elementType: 'float', shape: ['N', 3] },
        { name: 'mean', elementType: 'float', shape: ['N'] },
      ],
      initializers: { count: 1, elements: 3 },
    });
  });

  it('writes the same bytes for the same program', () => {
    expect(writeModel(small())).toEqual(writeModel(small()));
  });

  it('contains the version of package.json', () => {
    expect(PRODUCER_VERSION).toBe(manifest.version);
  });

  it.each(opsets)('opset %i runs in onnxruntime with any batch', async (opset) => {
    const bytes = writeModel(small(), { opset, valueInfo: true });
    expect(readModel(bytes)?.opset).toBe(opset);
    const session = await InferenceSession.create(bytes);
    const w = new Tensor('float32', Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    for (const batch of [1, 3]) {
      const x = new Tensor('float32', new Float32Array(batch * 2).fill(1), [batch, 2]);
      const { y, mean } = await session.run({ x, 'fc/weight': w });
      expect(y?.dims).toEqual([batch, 3]);
      expect([...(y?.data as Float32Array)]).toEqual(Array(batch).fill([6, 9, 12]).flat());
      expect([...(mean?.data as Float32Array)]).toEqual(Array(batch).fill(9));
    }
  });

  it('imports com.microsoft only if it is used', () => {
    const g = new Builder('fused', CPU);
    const x = g.input('x', 'float32', [2, 2], { kind: 'data' });
    const program = g.finish([{ value: g.matMulT(x, x, { transB: true }), role: { kind: 'prediction' } }]);
    const summary = readModel(writeModel(program));
    expect(summary?.domains).toEqual({ '': 17, 'com.microsoft': 1 });
    expect(summary?.ops).toEqual({ 'com.microsoft.FusedMatMul': 1 });
  });

  it('refuses programs that an opset does not support, in both languages', () => {
    const g = new Builder('scatter');
    const x = g.input('x', 'float32', [2], { kind: 'data' });
    const at = g.input('at', 'int64', [2], { kind: 'data' });
    const program = g.finish([{ value: g.scatterAdd(x, at, x, 0), role: { kind: 'prediction' } }]);
    expect(readModel(writeModel(program, { opset: 16 }))?.opset).toBe(16);
    const refusal = (opset: number) => {
      try {
        writeModel(program, { opset });
      } catch (error) {
        return error;
      }
    };
    const error = refusal(15);
    expect(error).toBeInstanceOf(OpsetError);
    expect((error as OpsetError).text.en).toMatch(/from opset 16/);
    expect((error as OpsetError).text.zh).toMatch(/请选择 16/);
    for (const opset of [12, 27, 17.5, Number.NaN]) expect(refusal(opset)).toBeInstanceOf(OpsetError);
  });
});

describe('readModel', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('{"not": "a model"}')],
    ['half a model', writeModel(small()).slice(0, 100)],
  ])('%s is not a model', (_, bytes) => {
    expect(readModel(bytes)).toBeUndefined();
  });
});
