import { beforeEach, expect, it, vi } from 'vitest';
import { emptyDocument } from '../../../src/graph/document.ts';
import { UserError } from '../../../src/text.ts';

Object.assign(globalThis, { localStorage: { getItem: () => null, setItem: () => {} } });
vi.mock('../desktop/desktop.ts', () => ({ callDesktop: vi.fn(async () => undefined) }));
vi.mock('../desktop/engine.ts', () => ({ engine: { call: vi.fn() } }));

const { engine } = await import('../desktop/engine.ts');
const { useDocument } = await import('../stores/stores.ts');
const { lookAtData, useOwnData } = await import('./ownData.ts');
const { followReturns, onReturn } = await import('./dataReturn.ts');

const page = new EventTarget();
followReturns(page as Window);
const returned = vi.fn();
onReturn(returned);

const facts = { count: 4, inputs: [{ name: 'image', shape: [1, 28, 28] }], targets: [] };
const data = { ...emptyDocument.data, source: '/images', facts };
const missing = new UserError({ en: 'gone', zh: '没有' });
const answering = (answer: unknown) =>
  vi.mocked(engine.call).mockImplementation(async (call) => {
    if (call !== 'openData') return { progress: null } as never;
    if (answer instanceof Error) throw answer;
    return answer as never;
  });
const openings = () => vi.mocked(engine.call).mock.calls.filter(([call]) => call === 'openData').length;

beforeEach(() => {
  vi.clearAllMocks();
  useDocument.getState().load({ ...emptyDocument, data }, null);
  useOwnData.setState({ opening: null, opened: null, problem: null });
});

it('missing data is opened again when the user returns to the window, and what failed before is asked again', async () => {
  answering(missing);
  await lookAtData(data);
  expect(useOwnData.getState().problem?.message.en).toBe('gone');
  expect(returned).not.toHaveBeenCalled();
  answering({ facts });
  page.dispatchEvent(new Event('focus'));
  await vi.waitFor(() =>
    expect(useOwnData.getState()).toMatchObject({ problem: null, opened: { contents: { facts } } }),
  );
  // Once for the return, once for the data that was opened.
  expect(returned).toHaveBeenCalledTimes(2);
});

it.each<[string, () => void, number]>([
  ['data that could be opened', () => {}, 0],
  ['data that is no longer the dataset', () => useDocument.getState().load(emptyDocument, null), 1],
  [
    'data that is just being opened',
    () => useOwnData.setState({ opening: { source: '/images', done: 0, total: 1 } }),
    1,
  ],
])('a return opens nothing for %s', async (_, change, failures) => {
  answering(failures > 0 ? missing : { facts });
  await lookAtData(data);
  change();
  const before = openings();
  page.dispatchEvent(new Event('focus'));
  await Promise.resolve();
  expect(openings()).toBe(before);
});
