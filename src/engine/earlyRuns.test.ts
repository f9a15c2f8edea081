import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { WORTH_KEEPING } from './data/decodedCache.ts';
import { testFolders } from './data/testFolders.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside } from './files.ts';
import { CPU_DEVICE } from './session.ts';

const testdata = fileURLToPath(new URL('../../testdata/images/', import.meta.url));
const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
const { folder, remove } = testFolders();
const { XDG_CACHE_HOME: before } = process.env;
beforeAll(() => {
  process.env.XDG_CACHE_HOME = folder({});
});
afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  remove();
});

const png = readFileSync(join(testdata, 'rgb.png'));
/** Bytes behind the end of an image are passed over: with these, the images are worth keeping. */
const large = Buffer.concat([readFileSync(join(testdata, 'baseline.jpg')), Buffer.alloc(WORTH_KEEPING)]);

/** The image with other bytes for its pixels, under the right checksum. */
function withoutPixels(bytes: Buffer): Buffer {
  const damaged = Buffer.from(bytes);
  const at = damaged.indexOf('IDAT');
  const end = at + 4 + damaged.readUInt32BE(at - 4);
  damaged.fill(0x55, at + 4, end);
  damaged.writeUInt32BE(crc32(damaged.subarray(at, end)), end);
  return damaged;
}

const images = (more: Readonly<Record<string, Uint8Array>> = {}): string =>
  folder({
    ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${'ab'[i % 2]}/${10 + i}.png`, png])),
    'a/large.jpg': large,
    ...more,
  });

function on(source: string): NetworkDocument {
  const node = (name: string, layer: string, config: NetworkDocument['nodes'][number]['config'] = {}) => ({
    id: name,
    layer,
    name,
    config,
    position: { x: 0, y: 0 },
  });
  const nodes = [
    node('in', 'input', { shape: [3, 6, 9] }),
    node('flat', 'flatten'),
    node('fc', 'linear', { outFeatures: 2 }),
    node('out', 'classifier', { classes: 2 }),
  ];
  const edges = nodes.slice(1).map(({ id }, i) => ({
    id: `e${i}`,
    from: { node: nodes[i]?.id ?? '', port: 'y' },
    to: { node: id, port: 'x' },
  }));
  const recipe = { ...emptyDocument.recipe, batchSize: 8, epochs: 2 };
  return { ...emptyDocument, nodes, edges, recipe, data: { ...emptyDocument.data, source } };
}

const engine = () => connect(new Engine({ files, device: CPU_DEVICE }));
let runs = 0;
async function trained(client: ReturnType<typeof engine>, document: NetworkDocument) {
  const run = `run-${runs++}`;
  const end = client.ended(run);
  await client.call('train', { run, document, weights: 'fresh', paused: false });
  const { state, message } = await end;
  const { weights } = await client.call('getWeights', {});
  return { state, message: message?.en ?? '', weights: Buffer.from(weights).toString('base64') };
}

it('a run on images that are not decoded yet gives the same weights as a run on decoded ones', async () => {
  const source = images();
  const early = engine();
  const document = on(source);
  const opened = await early.call('openData', { document, asIs: false, whole: false });
  expect(opened).toMatchObject({ isDecoding: true, facts: { count: 31 }, unreadableCount: 0 });
  const first = await trained(early, document);
  expect([first.state, first.message]).toEqual(['done', '']);
  const again = await engine().call('openData', { document, asIs: false, whole: false });
  expect(again).toMatchObject({ isDecoding: false, facts: opened.facts });
  expect(await trained(engine(), document)).toEqual(first);
});

it('a run ends where an image cannot be decoded, and the next one leaves it out', async () => {
  const document = on(images({ 'b/00.png': withoutPixels(png), 'a/40.png': withoutPixels(png) }));
  const client = engine();
  const first = await trained(client, document);
  expect(first.state).toBe('failed');
  expect(first.message).toMatch(/(“b\/00.png”|“a\/40.png”).*Start the training again: the files? (is|are) left out/);
  const second = await trained(client, document);
  expect([second.state, second.message]).toEqual(['done', '']);
  expect(client.events.filter(({ kind }) => kind === 'samples').at(-1)).toMatchObject({
    samples: { train: 25, validation: 6 },
  });
  const { unreadable, facts } = await client.call('openData', { document, asIs: false, whole: false });
  expect([facts.count, unreadable.map(({ file }) => file)]).toEqual([31, ['a/40.png', 'b/00.png']]);
});

it('a run that starts while damaged images are still being found waits for all of them', async () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`b/more-${i}.png`, png]));
  // Decoded first, because it comes first; the other one comes last.
  const document = on(images({ ...many, 'a/00.png': withoutPixels(png), 'b/zz.png': withoutPixels(png) }));
  const client = engine();
  const opened = await client.call('openData', { document, asIs: false, whole: false });
  expect(opened.isDecoding).toBe(true);
  await expect(client.call('samples', { document, of: 'all', indices: Uint32Array.of(0) })).rejects.toThrow('a/00.png');
  const short = { ...document, recipe: { ...document.recipe, batchSize: 64, epochs: 1 } };
  const { state, message } = await trained(client, short);
  expect([state, message]).toEqual(['done', '']);
});

it('all that needs every image waits for the last one, and counts those that cannot be decoded', async () => {
  const document = on(images({ 'b/00.png': withoutPixels(png) }));
  const opened = await engine().call('openData', { document, asIs: false, whole: true });
  expect(opened).toMatchObject({ isDecoding: false, facts: { count: 31 }, unreadableCount: 1 });
  const other = on(images({ 'b/00.png': withoutPixels(png) }));
  const { channels, trained: measured } = await engine().call('describeData', { document: other });
  expect([channels.length, measured]).toEqual([3, 25]);
});

it('samples are given as soon as they are decoded', async () => {
  const document = on(images());
  const client = engine();
  const { inputs } = await client.call('samples', { document, of: 'all', indices: Uint32Array.of(7, 30) });
  const [pixels] = inputs.map(({ data }) => data);
  expect(pixels?.slice(0, 162).some((value) => value !== 0)).toBe(true);
  await client.call('openData', { document, asIs: false, whole: true });
});
