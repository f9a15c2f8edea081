import { beforeEach, expect, test, vi } from 'vitest';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { UserError } from '../../../src/text.ts';
import { templateOf } from '../../../templates/index.ts';

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
const waiting: ((answer: unknown) => void)[] = [];
let refusal: Error | null = null;
vi.mock('../../state/desktop/engine.ts', () => ({
  engine: {
    call: () => (refusal === null ? new Promise((give) => waiting.push(give)) : Promise.reject(refusal)),
  },
}));
const { usePredict, showSample } = await import('./predictStore.ts');
const { createPredictor } = await import('./predictor.ts');
const { requestResults, useResults } = await import('../results/resultsStore.ts');
const { useDocument, useRun } = await import('../../state/stores/stores.ts');

const answer = async (at: number, value: unknown): Promise<void> => {
  waiting[at]?.(value);
  await new Promise((done) => setTimeout(done));
};
const field = { name: 'x', kind: 'numbers', shape: [1], data: Float32Array.of(1, 2) } as never;
const sampleAt = (index: number) => ({ indices: Uint32Array.of(index), inputs: [field], targets: [field], total: 9 });
const network = templateOf('softmax_regression')?.document as NetworkDocument;
const open = (name: string): void => useDocument.getState().load({ ...network, name }, null);

beforeEach(() => {
  waiting.length = 0;
  open('first');
  useRun.getState().linked('ready');
  usePredict.setState({ shown: null, source: 'drawing' });
  useResults.setState({ results: null });
});

test('a sample that arrives after a newer one, or after a drawing, is not shown', async () => {
  void showSample('all', 1);
  void showSample('all', 2);
  await answer(1, sampleAt(2));
  await answer(0, sampleAt(1));
  expect(usePredict.getState()).toMatchObject({ source: 'sample', shown: { index: 2 } });

  void showSample('all', 3);
  usePredict.getState().draw(null);
  await answer(2, sampleAt(3));
  expect(usePredict.getState()).toMatchObject({ source: 'drawing', shown: { index: 2 } });
});

test('the reason that a dataset has no samples is shown until one can be read', async () => {
  const why = { en: 'There is no dataset here.', zh: '没有数据集。' };
  refusal = new UserError(why);
  await showSample('validation', 0);
  const { source } = network.data;
  expect(usePredict.getState()).toMatchObject({ source: 'drawing', refused: { source, why } });

  refusal = new Error('The engine stopped.');
  await showSample('validation', 0);
  refusal = null;
  void showSample('validation', 0);
  await answer(0, sampleAt(1));
  expect(usePredict.getState()).toMatchObject({ source: 'sample', refused: null });
});

test('predictions and results of a network that is no longer shown are dropped', async () => {
  const shown = vi.fn();
  const ask = createPredictor(shown);
  void ask(Float32Array.of(1));
  open('second');
  await answer(0, { outputs: ['first'], trained: true });
  expect(shown).not.toHaveBeenCalled();

  const asked = requestResults();
  open('third');
  await answer(1, { outputs: [], took: 1 });
  await asked;
  expect(useResults.getState()).toMatchObject({ results: null, asking: false });

  void ask(Float32Array.of(2));
  await answer(2, { outputs: ['second'], trained: true });
  expect(shown).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ outputs: ['second'] }));
});

test('a cleared pad has no prediction, even if an earlier one arrives late', async () => {
  const shown = vi.fn();
  const ask = createPredictor(shown);
  void ask(Float32Array.of(1));
  void ask(null);
  await answer(0, { outputs: ['late'], trained: true });
  expect(shown.mock.calls).toEqual([[null]]);
});
