import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDocument, type NetworkDocument } from '../../graph/document.ts';
import { defaultRecipe } from '../../graph/recipe.ts';
import { Engine } from '../engine.ts';
import { connect } from '../engineTestClient.ts';
import { filesBeside } from '../files.ts';
import { CPU_DEVICE } from '../session.ts';
import { isAlive, thisProcess } from './owner.ts';

const files = filesBeside(new URL('../../../out/main/engine.js', import.meta.url).href);
const rows = [
  ['input', 'in', { shape: [2] }],
  ['linear', 'fc', { outFeatures: 2 }],
  ['classifier', 'out', { classes: 2 }],
] as const;
const document: NetworkDocument = {
  ...emptyDocument,
  name: 'small',
  nodes: rows.map(([layer, name, config]) => ({ id: name, layer, name, config, position: { x: 0, y: 0 } })),
  edges: rows.slice(1).map(([, name], i) => {
    return { id: name, from: { node: rows[i]?.[1] ?? '', port: 'y' }, to: { node: name, port: 'x' } };
  }),
  data: { ...emptyDocument.data, source: 'moons' },
  recipe: { ...defaultRecipe, batchSize: 100, epochs: 3 },
};

/** A folder with the finished runs a and b. */
let whole: string;
const folders: string[] = [];
const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-damage-'));
  folders.push(folder);
  return folder;
};
const open = (runs: string) => connect(new Engine({ files, device: CPU_DEVICE, runs }));

beforeAll(async () => {
  whole = await newFolder();
  const client = open(whole);
  for (const run of ['a', 'b']) {
    const ended = client.ended(run);
    client.call('train', { run, document, weights: 'fresh', paused: false });
    await ended;
    await client.call('readRun', { run });
  }
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function read(client: ReturnType<typeof open>, run: string) {
  const answer = await client.call('readRun', { run });
  return answer;
}
async function list(client: ReturnType<typeof open>) {
  const answer = await client.call('listRuns', {});
  return answer.runs;
}
const checkpointsOf = async (folder: string) => {
  const steps = async () =>
    (await readdir(join(folder, 'a', 'checkpoints'))).filter((name) => name.endsWith('.netloom'));
  return (await steps()).sort((x, y) => Number.parseInt(x, 10) - Number.parseInt(y, 10));
};

type Damage = (path: string) => Promise<void>;
const cut: Damage = async (path) => truncate(path, Math.floor((await readFile(path)).length / 2));
const emptied: Damage = (path) => truncate(path, 0);
const zeros: Damage = async (path) => writeFile(path, new Uint8Array((await readFile(path)).length));
const overwritten =
  (text: string): Damage =>
  (path) =>
    writeFile(path, text);
const oneBit: Damage = async (path) => {
  const bytes = await readFile(path);
  // The last byte of an entry: a header in the middle has fields without content, such as the time.
  const at = bytes.indexOf('PK\x03\x04', bytes.length / 3, 'latin1') - 1;
  expect(at).toBeGreaterThan(0);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
};

describe('a damaged record', () => {
  it.each<[string, Damage]>([
    ['cut', cut],
    ['empty', emptied],
    ['of zeros', zeros],
    ['of another kind', overwritten('[]')],
    ['null', overwritten('null')],
    ['with a field less', async (path) => writeFile(path, (await readFile(path, 'utf8')).replace('"step"', '"stop"'))],
  ])('%s is renamed, reported, and rebuilt from the checkpoints', async (_, damage) => {
    const folder = await newFolder();
    await cp(whole, folder, { recursive: true });
    await damage(join(folder, 'a', 'record.json'));
    const client = open(folder);
    const runs = await list(client);
    expect(runs.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    const record = runs.find(({ id }) => id === 'a');
    expect(record).toMatchObject({ name: 'small', state: 'done', step: 24, epoch: 3 });
    expect(record?.message?.en).toContain('record.json.damaged');
    expect(await readdir(join(folder, 'a'))).toContain('record.json.damaged');
    expect((await read(client, 'a')).history).toHaveLength(3);
    // The next time, nothing needs to be rebuilt.
    expect((await list(open(folder))).find(({ id }) => id === 'a')).toEqual(record);
  });
});

describe('a damaged checkpoint', () => {
  it.each<[string, Damage]>([
    ['cut', cut],
    ['empty', emptied],
    ['of zeros', zeros],
    ['of one other bit', oneBit],
    ['of another kind', overwritten('hello')],
  ])('%s is renamed and reported; the run resumes from the previous one with the same result', async (_, damage) => {
    const folder = await newFolder();
    await cp(whole, folder, { recursive: true });
    const names = await checkpointsOf(folder);
    const last = names.at(-1) as string;
    await damage(join(folder, 'a', 'checkpoints', last));
    const client = open(folder);
    const { record, checkpoints } = await read(client, 'a');
    expect(record.state).toBe('interrupted');
    expect(record.message?.en).toContain(`${last}.damaged`);
    expect(await readdir(join(folder, 'a', 'checkpoints'))).toContain(`${last}.damaged`);
    expect((await list(client)).map(({ id }) => id).sort()).toEqual(['a', 'b']);
    const ended = client.ended('a');
    const from = { run: 'a', step: checkpoints.at(-1)?.step ?? 0 };
    client.call('train', { run: 'a', document, weights: 'resume', from, paused: false });
    expect(await ended).toMatchObject({ state: 'done', step: 24 });
    const [mended, other] = [await read(client, 'a'), await read(open(whole), 'b')];
    expect(mended.curves.points.loss).toEqual(other.curves.points.loss);
  });

  it('that is requested is reported, and the others stay', async () => {
    const folder = await newFolder();
    await cp(whole, folder, { recursive: true });
    const [first = ''] = await checkpointsOf(folder);
    await cut(join(folder, 'a', 'checkpoints', first));
    const client = open(folder);
    const at = { run: 'a', step: Number.parseInt(first, 10) };
    await expect(client.call('readCheckpoint', { at })).rejects.toThrow(`${first}.damaged`);
    expect((await read(client, 'a')).record.state).toBe('done');
  });

  it('together with a damaged record does not hide the run', async () => {
    const folder = await newFolder();
    await cp(whole, folder, { recursive: true });
    for (const name of await checkpointsOf(folder)) await cut(join(folder, 'a', 'checkpoints', name));
    await cut(join(folder, 'a', 'record.json'));
    const record = (await list(open(folder))).find(({ id }) => id === 'a');
    expect(record).toMatchObject({ name: 'small', state: 'failed', step: 0 });
  });
});

describe('the owner of a run', () => {
  const now = Date.now();
  it.each<[string, Parameters<typeof isAlive>, boolean]>([
    ['this process', [thisProcess, now], true],
    ['a process that is no more', [{ pid: 2 ** 22 + 1, started: null }, now], false],
    ['a later process with the same id', [{ ...thisProcess, started: 'once' }, now], process.platform === 'win32'],
    ['one of a version that wrote no start', [{ ...thisProcess, started: null }, now], true],
    ['one of before the computer was started', [{ ...thisProcess, started: null }, 0], false],
  ])('%s', (_, [owner, writtenAt], alive) => {
    expect(isAlive(owner, writtenAt)).toBe(alive);
  });
});
