import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dialog } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeWeights } from '../src/engine/weights.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import { readProject, writeProject } from '../src/graph/file.ts';
import { templateOf } from '../templates/index.ts';
import type { EngineHost, ProjectWeights } from './engineHost.ts';
import { createFiles, type Files } from './files.ts';
import { openRecovery, type Recovery } from './recovery.ts';

vi.mock('electron', () => ({ app: { addRecentDocument() {} }, dialog: {} }));
vi.mock('./reading.ts', () => ({
  reading: {
    read: async (file: string, name: string) => readProject(new Uint8Array(await readFile(file)), name, 'lenient'),
    thumbnail: async () => null,
    cover: async () => null,
  },
}));

const template = templateOf('softmax_regression')?.document as NetworkDocument;
const named = (name: string): NetworkDocument => ({ ...template, name });
const weightsOf = (value: number): ProjectWeights => ({
  weights: writeWeights(new Map([['linear/bias', { dtype: 'float32', shape: [1], data: Float32Array.of(value) }]])),
  run: {},
});
const none: ProjectWeights = { weights: new Uint8Array(), run: {} };

/** Resolved from outside. */
function gate() {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

let folder: string;
let recovery: Recovery;
let files: Files;
/** The engine's weights, and the promise it waits for before it takes or gives them. */
let held: ProjectWeights;
let busy: Promise<void>;
let starts: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-files-'));
  recovery = openRecovery(join(folder, 'recovery'));
  [held, busy, starts] = [none, Promise.resolve(), 1];
  let kept = none;
  const engine: EngineHost = {
    call: () => Promise.reject(new Error('nothing is asked')),
    connect() {},
    async trained() {
      await busy;
      return held;
    },
    async hold(trained) {
      await busy;
      held = trained;
      kept = trained;
    },
    keep(trained) {
      kept = trained;
    },
    get kept() {
      return kept;
    },
    get starts() {
      return starts;
    },
    end() {},
  };
  files = createFiles({
    window: {},
    engine,
    runs: join(folder, 'runs'),
    settings: { now: { folder: null }, change() {} },
    recent: { add() {}, pathOf: () => null },
    recovery,
    language: () => 'en',
    showElsewhere: () => false,
    isElsewhere: () => false,
  } as unknown as Parameters<typeof createFiles>[0]);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const chooses = (path: string, after: Promise<void> = Promise.resolve()): void => {
  dialog.showSaveDialog = (async () => {
    await after;
    return { canceled: false, filePath: path };
  }) as typeof dialog.showSaveDialog;
};
const save = (document: NetworkDocument) => files.save(document, { as: false, run: null });
const inFile = async (name: string) => readProject(new Uint8Array(await readFile(at(name))), name);

/** A file with the drawing and weights of that name and value. */
async function written(name: string, value: number): Promise<string> {
  const { weights } = weightsOf(value);
  await writeFile(at(`${name}.netloom`), writeProject({ document: named(name), weights, others: {} }));
  return at(`${name}.netloom`);
}

async function opened(path: string): Promise<void> {
  const answer = await files.openPath(path);
  if (!answer.ok || answer.file === null) throw new Error(JSON.stringify(answer));
  expect(await files.takeOpened(answer.file.ticket)).toEqual({ ok: true });
}

/** Starts like a page that takes the place of a failed one. */
async function nextPage() {
  files.hand({ own: true });
  const answer = await files.open({ kind: 'handed' });
  if (!answer.ok) throw new Error(answer.message.en);
  if (answer.file !== null) expect(await files.takeOpened(answer.file.ticket)).toEqual({ ok: true });
  return answer.file;
}

/** Unsaved work that the next start of the app offers. */
const offered = async () => {
  const { found } = await openRecovery(join(folder, 'recovery')).lost();
  return found.map(({ document, path }) => [document.name, path]);
};

describe('while a network is saved', () => {
  it('it is edited, and the edit stays kept, as a change of the file', async () => {
    const writes = gate();
    busy = writes.passed;
    chooses(at('a.netloom'));
    await files.keep({ document: named('first'), weights: false });
    const saved = save(named('first'));
    await files.keep({ document: named('second'), weights: false });
    writes.open();
    expect(await saved).toMatchObject({ ok: true, saved: { path: at('a.netloom') } });
    expect(await offered()).toEqual([['second', at('a.netloom')]]);
    expect(await nextPage()).toMatchObject({ document: { name: 'second' }, path: at('a.netloom') });
  });

  it('another one is opened: the weights of that one go into no other file', async () => {
    const dialogs = gate();
    chooses(at('a.netloom'), dialogs.passed);
    const saved = save(named('first'));
    await opened(await written('other', 2));
    dialogs.open();
    expect(await saved).toMatchObject({ ok: false, message: { en: expect.stringContaining('in the meantime') } });
    await expect(readFile(at('a.netloom'))).rejects.toThrow('ENOENT');
    expect(files.path()).toBe(at('other.netloom'));
  });

  it('another one is opened: it has its own file afterwards', async () => {
    const writes = gate();
    chooses(at('a.netloom'));
    held = weightsOf(1);
    busy = writes.passed;
    const saved = save(named('first'));
    const path = await written('other', 2);
    await vi.waitFor(() => expect(files.path()).toBeNull());
    const other = opened(path);
    writes.open();
    await Promise.all([saved, other]);
    expect(files.path()).toBe(path);
    expect((await inFile('a.netloom')).weights).toEqual(weightsOf(1).weights);
  });

  it('the engine is started again: its weights are not taken for those of the window', async () => {
    await opened(await written('first', 1));
    held = weightsOf(5);
    const writes = gate();
    busy = writes.passed;
    const saved = save(named('first'));
    await new Promise(setImmediate);
    [held, starts] = [weightsOf(0), 2];
    writes.open();
    expect(await saved).toMatchObject({ ok: true, saved: { trained: { kind: 'file' } } });
    expect((await inFile('first.netloom')).weights).toEqual(weightsOf(1).weights);
  });
});

describe('a page that fails', () => {
  it('has its work again right after that was restored, and the copy stays', async () => {
    const path = await written('saved', 1);
    const slot = recovery.newSlot();
    await slot.keep({ document: named('edited'), path, stamp: null });
    slot.release();
    const [lost] = (await recovery.lost()).found;
    const answer = await files.open({ kind: 'lost', id: lost?.id ?? '' });
    if (!answer.ok || answer.file === null) throw new Error(JSON.stringify(answer));
    await files.takeOpened(answer.file.ticket);
    expect(await nextPage()).toMatchObject({ document: { name: 'edited' }, path, unsaved: { document: true } });
    expect(await offered()).toEqual([['edited', path]]);
  });

  it('while it opens a network: the next page has that one, with its file', async () => {
    await files.keep({ document: named('before'), weights: false });
    const path = await written('other', 2);
    const takes = gate();
    busy = takes.passed;
    const opening = opened(path);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const next = nextPage();
    takes.open();
    await opening;
    expect(await next).toMatchObject({ document: { name: 'other' }, path, unsaved: { document: false } });
    expect(files.path()).toBe(path);
  });

  it('leaves the engine what it has trained since the file was opened', async () => {
    await opened(await written('file', 1));
    held = weightsOf(7);
    expect(await nextPage()).toMatchObject({ document: { name: 'file' } });
    expect(held).toEqual(weightsOf(7));
  });

  it('again and again is loaded without a network: the work is offered with its newest weights', async () => {
    await files.keep({ document: named('work'), weights: true });
    held = weightsOf(3);
    files.hand(await files.setAside());
    expect(await files.open({ kind: 'handed' })).toMatchObject({ ok: false });
    expect(held.weights).toHaveLength(0);
    const { found } = await recovery.lost();
    expect(found.map(({ document }) => document.name)).toEqual(['work']);
    expect((await recovery.read(found[0]?.id ?? ''))?.trained?.weights).toEqual(weightsOf(3).weights);
  });
});
