import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { UserError } from '../text.ts';
import { emptyDocument, type NetworkDocument } from './document.ts';
import { readProject, writeDocument, writeProject } from './file.ts';

const document: NetworkDocument = {
  ...emptyDocument,
  name: '网络',
  nodes: [
    { id: 'a', layer: 'fromTheFuture', name: 'odd1', config: { pair: [1, 2], on: true }, position: { x: 1, y: -2.5 } },
  ],
};
const json = (change: object) => strToU8(JSON.stringify({ ...emptyDocument, ...change }));
const whole = writeProject({ document, weights: Uint8Array.of(1, 2, 3), others: {} });

describe('a project', () => {
  it('comes back as it was written, with what it does not know', () => {
    const project = { document, weights: Uint8Array.of(1, 2, 3), others: { 'runs/1.json': strToU8('{}') } };
    expect(readProject(writeProject(project), 'p')).toEqual(project);
  });

  it('may be bare JSON', () => {
    expect(readProject(strToU8(writeDocument(document)), 'p')).toEqual({ document, weights: null, others: {} });
  });

  it('has the same bytes every time', () => {
    expect(writeProject({ document, weights: Uint8Array.of(1, 2, 3), others: {} })).toEqual(whole);
  });
});

test('a file of version 1 is brought up to date', () => {
  const { direction: _, frames: __, ...rest } = emptyDocument;
  const note = { id: 'n', text: 'hello', position: { x: 1, y: 2 } };
  const old = strToU8(JSON.stringify({ ...rest, version: 1, notes: [note] }));
  expect(readProject(old, 'p').document).toEqual({
    ...emptyDocument,
    notes: [{ ...note, size: { width: 200, height: 80 } }],
  });
});

test.each<[string, Uint8Array, RegExp]>([
  ['nothing', new Uint8Array(), /'p' is neither a \.netloom file nor valid JSON/],
  ['text', strToU8('hello'), /'p' is neither a \.netloom file nor valid JSON/],
  ['cut-off JSON', json({}).subarray(0, 40), /'p' is neither a \.netloom file nor valid JSON/],
  ['cut-off zip', whole.subarray(0, whole.length - 30), /'p' is a damaged or cut-off \.netloom file/],
  ['half a zip', whole.subarray(0, whole.length >> 1), /'p' is a damaged or cut-off \.netloom file/],
  ['zip of something else', zipSync({ 'a.txt': strToU8('a') }), /'p' is a zip file without 'network\.json'/],
  ['zip with broken JSON', zipSync({ 'network.json': strToU8('{') }), /'p\/network\.json' is neither/],
  ['JSON of another program', strToU8('{"nodes":[]}'), /'p' is JSON, but not a Netloom network/],
  ['a JSON list', strToU8('[1]'), /'p' is JSON, but not a Netloom network/],
  ['a newer version', json({ version: 99 }), /format version 99; this Netloom reads up to 2/],
  ['no version', json({ version: undefined }), /wrong fields: version: /],
  ['an edge without end', json({ edges: [{ id: 'e', from: { node: 'a', port: 'y' } }] }), /edges\[0\]\.to: /],
  [
    'no learning rate',
    json({ recipe: { ...emptyDocument.recipe, optimizer: { ...emptyDocument.recipe.optimizer, learningRate: null } } }),
    /recipe\.optimizer\.learningRate: /,
  ],
  ['many wrong fields', json({ nodes: [{}, {}] }), /nodes\[0\]\.id: .*; …\. Correct them/],
])('refuses: %s', (_, bytes, message) => {
  expect(() => readProject(bytes, 'p')).toThrow(message);
  expect(() => readProject(bytes, 'p')).toThrow(UserError);
});
