import { type Config, type ConfigValue, emptyDocument, type NetworkDocument } from '../../graph/document.ts';
import { edgeId } from '../../graph/edges.ts';
import { applyEdits, type Edit } from '../../graph/edits.ts';

/** A beginner's mistake: the drawing, the code of the problem, the title of its first fix, and its severity (else an error). */
export type Mistake = readonly [
  name: string,
  doc: NetworkDocument,
  code: string,
  fix: string,
  severity?: 'warning' | 'hint',
];

export type Row = readonly [words: string, config?: Config, from?: readonly string[]];

/** A drawing of layers: `['conv2d conv1', { … }, ['a', 'b']]` is the layer “conv1”, fed by “a” and “b”, by default by the row above. */
export function draw(rows: readonly Row[], source = 'mnist'): NetworkDocument {
  const nodes = rows.map(([words, config = {}], i) => {
    const [layer, name = layer] = words.split(' ') as [string, string?];
    return { id: name, layer, name, config, position: { x: 0, y: 120 * i } };
  });
  const edges = rows.flatMap(([, , from], i) => {
    const sources = from ?? (i === 0 ? [] : [nodes[i - 1]?.id ?? '']);
    return sources.map((id, at) => {
      const [start, end] = [
        { node: id, port: 'y' },
        { node: nodes[i]?.id ?? '', port: sources.length > 1 ? `x${at}` : 'x' },
      ];
      return { id: edgeId(start, end), from: start, to: end };
    });
  });
  return { ...emptyDocument, data: { ...emptyDocument.data, source }, nodes, edges };
}

export const digits: Row = ['input digits', { shape: [1, 28, 28] }];
export const conv = (name: string, outChannels: number, config: Config = {}, from?: readonly string[]): Row => [
  `conv2d ${name}`,
  { outChannels, kernelSize: [3, 3], padding: [1, 1], ...config },
  from,
];
export const head: readonly Row[] = [['flatten'], ['linear fc', { outFeatures: 10 }], ['classifier digit']];
export const changed = (doc: NetworkDocument, ...edits: Edit[]): NetworkDocument => applyEdits(doc, edits);
export const set = (node: string, key: string, value: ConfigValue): Edit => ({ kind: 'setConfig', node, key, value });

export const small = draw([digits, conv('conv1', 8), ['relu'], ['maxPool2d pool'], ...head]);
export const residual = (branch: readonly Row[], shortcut = 'relu1'): NetworkDocument =>
  draw([
    digits,
    conv('conv1', 8),
    ['relu relu1'],
    ...branch,
    ['add', {}, [shortcut, branch.at(-1)?.[0].split(' ')[1] ?? '']],
    ['relu relu2'],
    ...head,
  ]);

export const inBatches = (batchSize: number, doc: NetworkDocument): NetworkDocument => ({
  ...doc,
  recipe: { ...doc.recipe, batchSize },
});
