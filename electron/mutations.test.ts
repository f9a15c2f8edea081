// Damaged files of every format: each is read, refused with a message, or partly read with remarks. The test run tries
// a few; `npm run mutations` tries a thousand of each.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { check } from '../src/check/check.ts';
import { initialParameters } from '../src/compile/initialize.ts';
import { readIdx } from '../src/data/idx.ts';
import { exportModel } from '../src/engine/exporter.ts';
import { filesBeside, openDataset } from '../src/engine/files.ts';
import { checkedGraph } from '../src/engine/network.ts';
import { CPU_DEVICE } from '../src/engine/session.ts';
import { readWeights, writeWeights } from '../src/engine/weights.ts';
import { readSharedBlock, sharedBlock, writeSharedBlock } from '../src/graph/blockFile.ts';
import { clipOf, paste, readClip, writeClip } from '../src/graph/clip.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import { applyEdits } from '../src/graph/edits.ts';
import { readProject, writeDocument, writeProject } from '../src/graph/file.ts';
import { documentElement, pngWithDocument } from '../src/graph/picture.ts';
import { type Random, random } from '../src/random/philox.ts';
import { UserError } from '../src/text.ts';
import { templateOf } from '../templates/index.ts';
import { drawCover, drawThumbnail } from './thumbnail.ts';

const files = filesBeside(new URL('../out/main/engine.js', import.meta.url).href);
const folder = mkdtempSync(join(tmpdir(), 'netloom-mutations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COUNT = Number(process.env.NETLOOM_MUTATIONS ?? 15);
const LONGEST = 5000;
const MOST_MEMORY = 1e9;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Damages bytes: changes one to three bytes; removes, doubles, moves or overwrites a piece; or truncates the rest. */
function mutated(bytes: Uint8Array, rng: Random): Uint8Array {
  const at = rng.below(bytes.length);
  const length = 1 + rng.below(Math.min(400, bytes.length - at));
  const [before, piece, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
  const put = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
  switch (rng.below(8)) {
    case 0:
      return put(before, after);
    case 1:
      return put(before, piece, piece, after);
    case 2:
      return put(before, after, piece);
    case 3:
      return put(
        before,
        piece.map(() => rng.below(256)),
        after,
      );
    case 4:
      return put(before);
    default: {
      const turned = bytes.slice();
      for (let n = rng.below(3); n >= 0; n--) turned[rng.below(bytes.length)]! ^= 1 + rng.below(255);
      return turned;
    }
  }
}

/** All operations of the app on an opened document. */
function use(document: NetworkDocument): void {
  check(document);
  drawThumbnail(document);
  drawCover(document);
  expect(readProject(utf8(writeDocument(document)), 'again').document).toEqual(document);
}

const document = templateOf('lenet_modern')?.document as NetworkDocument;
const graph = checkedGraph(document);
const weights = writeWeights(initialParameters(graph, 1));
const project = {
  document,
  weights,
  others: { 'thumbnail.svg': utf8(drawCover(document)), 'runs/last/run.json': utf8('{"version":2}') },
};
const file = writeProject(project);
const block = {
  id: 'b',
  title: 'b',
  nodes: document.nodes.slice(1, 3),
  edges: [],
  inputs: [],
  outputs: [],
  exposed: [],
};
const netblock = writeSharedBlock(sharedBlock({ blocks: [block] }, { layer: 'block:b', config: {} }, 'b'));
const clip = writeClip(
  clipOf(
    document,
    document.nodes.map(({ id }) => id),
  ),
);
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Three images of 8×8. */
const images = Uint8Array.from(
  { length: 16 + 192 },
  (_, i) => [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 8][i] ?? i,
);

/** Opens a file leniently like the app, and strictly like a command that needs the whole file. */
function open(bytes: Uint8Array): void {
  const { document, weights, remarks } = readProject(bytes, 'f', 'lenient');
  use(document);
  if (weights !== null) readWeights(weights, 'f');
  if (remarks.length > 0) expect(strictRemarks(bytes)).toBeGreaterThan(0);
}

/** The document with its number of problems; infinite if strict reading refuses it. */
function strictRemarks(bytes: Uint8Array): number {
  try {
    const { document, remarks } = readProject(bytes, 'f');
    return remarks.length + check(document).diagnostics.length;
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return Number.POSITIVE_INFINITY;
  }
}

const formats: readonly (readonly [string, Uint8Array, (bytes: Uint8Array) => void])[] = [
  [
    'project',
    file,
    (bytes) => {
      open(bytes);
      const { remarks, ...read } = readProject(bytes, 'f', 'lenient');
      // No changed content is accepted silently.
      if (remarks.length === 0) expect(read).toEqual(project);
    },
  ],
  ['drawing in JSON', utf8(writeDocument(document)), open],
  ['drawing in SVG', utf8(`<svg xmlns="http://www.w3.org/2000/svg">${documentElement(document)}</svg>`), open],
  ['drawing in PNG', pngWithDocument(pixel, document), open],
  ['block', utf8(netblock), (bytes) => use(withBlock(text(bytes)))],
  ['clip', utf8(clip), (bytes) => use(pasted(text(bytes)))],
  ['weights', weights, (bytes) => readWeights(bytes, 'f')],
  ['IDX', images, (bytes) => readIdx(bytes, 'f')],
];

const withBlock = (shared: string): NetworkDocument => ({ ...document, blocks: readSharedBlock(shared, 'f').blocks });
const pasted = (clip: string): NetworkDocument =>
  applyEdits(document, paste(document, readClip(clip), { x: 9, y: 9 }, true).edits);

function tryAll(bytes: Uint8Array, name: string, read: (bytes: Uint8Array) => void): void {
  const rng = random(1, `mutations/${name}`);
  for (let round = 0; round < COUNT; round++) {
    const damaged = mutated(bytes, rng);
    const started = performance.now();
    try {
      read(damaged);
    } catch (error) {
      if (!(error instanceof UserError)) throw new Error(`mutation ${round} of ${name}`, { cause: error });
    }
    expect(performance.now() - started, `mutation ${round} of ${name}`).toBeLessThan(LONGEST);
  }
}

describe('a damaged file is read, or refused with a message', () => {
  test.each(formats)(
    '%s',
    (name, bytes, read) => {
      read(bytes);
      tryAll(bytes, name, read);
    },
    3_600_000,
  );

  test('network in an ONNX file', async () => {
    const small = { ...graph, document };
    const { model } = await exportModel({
      graph: small,
      weights: initialParameters(graph, 1),
      data: null,
      device: CPU_DEVICE,
    });
    expect(readProject(model, 'f')).toMatchObject({ document: { nodes: document.nodes }, weights: null, remarks: [] });
    // The values of weights are not checked, only the structure around them.
    tryAll(model.subarray(-40_000), 'end of an ONNX model', open);
    tryAll(model, 'ONNX', open);
  }, 3_600_000);

  test('gzipped IDX', async () => {
    const path = join(folder, 'x-images-idx3-ubyte.gz');
    writeFileSync(join(folder, 'x-labels-idx1-ubyte'), Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2));
    const rng = random(1, 'mutations/gzip');
    for (let round = 0; round < COUNT; round++) {
      writeFileSync(path, mutated(new Uint8Array(gzipSync(images)), rng));
      await openDataset(path, files).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
    }
  }, 3_600_000);
});

test('memory use stays below one gigabyte', () => {
  expect(process.memoryUsage().rss).toBeLessThan(MOST_MEMORY);
});
