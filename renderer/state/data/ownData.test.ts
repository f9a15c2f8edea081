import { beforeEach, expect, it, vi } from 'vitest';
import { withOtherSource } from '../../../src/data/known.ts';
import { type DataConfig, emptyDocument } from '../../../src/graph/document.ts';
import type { CallAnswer } from '../../../src/protocol/calls.ts';

const memory = { getItem: () => null, setItem: () => {} };
Object.assign(globalThis, { localStorage: memory });
vi.mock('../desktop/desktop.ts', () => ({ callDesktop: vi.fn(async () => undefined) }));
vi.mock('../desktop/engine.ts', () => ({ engine: { call: vi.fn() } }));

const { engine } = await import('../desktop/engine.ts');
const { useDocument, useUi } = await import('../stores/stores.ts');
const { followDropped } = await import('./followDropped.ts');
const { changeReading, takeData, useOwnData } = await import('./ownData.ts');

const transforms = [{ type: 'RandomHorizontalFlip', p: 0.5 }];
const image = { channels: 1, height: 28, width: 28, fit: 'stretch' } as const;
const facts = { count: 4, inputs: [{ name: 'image', shape: [1, 28, 28] }], targets: [] };
const own: DataConfig = { ...emptyDocument.data, source: '/images', image, facts, transforms };

const answer = (kind: 'images' | 'table'): CallAnswer<'openData'> => ({
  facts: { ...facts, count: 9, inputs: [{ name: 'x', shape: kind === 'images' ? [1, 28, 28] : [4] }] },
  kind,
  classes: [],
  labels: { en: '', zh: '' },
  columns: [],
  sha256: null,
  isChanged: false,
  groupings: [],
  folders: [],
  image: kind === 'images' ? image : null,
  recolored: 0,
  isDecoding: false,
  unreadableCount: 0,
  unreadable: [],
});

/** Answers `openData` when the returned function is called. */
function slowly(): (with_: CallAnswer<'openData'>) => void {
  let give: (value: never) => void = () => {};
  vi.mocked(engine.call).mockImplementation((call) =>
    call === 'openData' ? new Promise((resolve) => (give = resolve)) : Promise.resolve({ progress: null } as never),
  );
  return (value) => give(value as never);
}

const data = () => useDocument.getState().root.data;
const set = (to: DataConfig) => useDocument.getState().editRoot([{ kind: 'setData', data: to }]);

beforeEach(() => {
  useDocument.getState().load({ ...emptyDocument, data: own }, null);
  useOwnData.setState({ opening: null, opened: null, problem: null });
  useUi.setState({ notices: [] });
});

followDropped();
const messages = () => useUi.getState().notices.map(({ message }) => message);

it('transforms that are changed while the images are read again stay changed', async () => {
  const give = slowly();
  const done = changeReading({ image: { ...image, width: 20 } });
  const cropped = [...transforms, { type: 'Grayscale' }];
  set({ ...own, transforms: cropped });
  give(answer('images'));
  await done;
  expect(data()).toMatchObject({ source: '/images', transforms: cropped, facts: { count: 9 } });
});

it('a reading of images that are no longer the dataset is not taken', async () => {
  const give = slowly();
  const done = changeReading({ image: { ...image, width: 20 } });
  set(emptyDocument.data);
  give(answer('images'));
  await done;
  expect(data()).toEqual(emptyDocument.data);
});

it.each([
  ['stay with other images', 'images', transforms, []],
  ['do not stay with a table, and are named', 'table', undefined, [/transforms were removed: Flip left–right\./]],
] as const)('transforms %s', async (_, kind, kept, named) => {
  const give = slowly();
  const done = takeData('/elsewhere');
  give(answer(kind));
  await done;
  expect(data().source).toBe('/elsewhere');
  expect(data().transforms).toEqual(kept);
  expect(messages()).toEqual(named.map((en) => expect.objectContaining({ en: expect.stringMatching(en) })));
  useUi.setState({ notices: [] });
  useDocument.getState().undo();
  expect(data()).toEqual(own);
  expect(messages()).toEqual([]);
});

it('a generated dataset has no images: dropped transforms are named, undo brings them back silently', () => {
  const mixing = { type: 'CutMix', alpha: 1 } as const;
  set({ ...own, transforms: [...transforms, { type: 'Future' }], mixing });
  set(withOtherSource(data(), 'moons'));
  expect(messages()).toEqual([expect.objectContaining({ zh: expect.stringMatching(/左右翻转、Future、CutMix/) })]);
  useUi.setState({ notices: [] });
  useDocument.getState().undo();
  expect(data()).toMatchObject({ mixing, transforms: [...transforms, { type: 'Future' }] });
  set({ ...data(), transforms: undefined });
  expect(messages()).toEqual([]);
});
