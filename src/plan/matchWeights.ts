import type { CheckedGraph } from '../check/checkedGraph.ts';

/** A tensor of a network, or of a file with weights. */
export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A tensor of a file. */
export interface SourceTensor extends NamedShape {
  /** The file keeps the matrix as [inputs, outputs], the transpose of ours. */
  readonly transposed?: boolean;
}

/** Rule by which a tensor was found: its whole path, the end of its path, shape and order of its layer, its shape alone, or the user's choice. */
export type MatchRule = 'path' | 'ending' | 'order' | 'shape' | 'hand';

/** Reason that a tensor has no source: none of its name and shape, another shape, several candidates, or the user's choice. */
export type MatchGap = 'missing' | 'shape' | 'several' | 'hand';

/** A row of the table: a tensor of the network and its source. */
export type WeightRow = NamedShape &
  (
    | { readonly source: string; readonly rule: MatchRule; readonly transposed: boolean; readonly gap: null }
    /** `found`: the tensor of the same path that has another shape. */
    | { readonly source: null; readonly rule: null; readonly gap: MatchGap; readonly found: SourceTensor | null }
  );

export interface WeightTable {
  readonly rows: readonly WeightRow[];
  /** Tensors of the file that no row uses. Counters of batch normalization are left out: no network needs them. */
  readonly unused: readonly SourceTensor[];
}

/** Sources that the user chose, by tensor of the network; null for none. */
export type ChosenSources = Readonly<Record<string, string | null>>;

/** Parameters and running statistics of a network, in data order. */
export const targetsOf = ({ nodes }: Pick<CheckedGraph, 'nodes'>): readonly NamedShape[] =>
  nodes.flatMap(({ node, params, buffers }) =>
    Object.entries({ ...params, ...buffers }).map(([key, { shape }]) => ({ name: `${node.name}/${key}`, shape })),
  );

/** Names of the same tensor in Keras and TensorFlow, by ours. */
const SYNONYMS: Readonly<Record<string, string>> = {
  gamma: 'weight',
  beta: 'bias',
  kernel: 'weight',
  scale: 'weight',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
  mean: 'running_mean',
  var: 'running_var',
};
/** Names around a whole network, which mean nothing. */
const WRAPPERS: ReadonlySet<string> = new Set(['module', 'model', 'state_dict', '_orig_mod', 'net']);
const COUNTER = 'num_batches_tracked';

/** The parts of a name: `features.0.weight` and `features/0/weight` have the same. */
function partsOf(name: string): readonly string[] {
  const parts = name
    .replace(/(_transposed|_reshaped|:0)$/, '')
    .split(/[./:]+/)
    .filter((part) => part !== '');
  const from = parts.findIndex((part) => !WRAPPERS.has(part));
  const own = parts.slice(Math.max(0, Math.min(from, parts.length - 2)));
  const key = own.at(-1) ?? '';
  return [...own.slice(0, -1), Object.hasOwn(SYNONYMS, key) ? (SYNONYMS[key] as string) : key];
}

const KEYS: ReadonlySet<string> = new Set(['weight', 'bias', 'running_mean', 'running_var']);

interface Source extends SourceTensor {
  readonly parts: readonly string[];
  readonly path: string;
  /** The layer that the name tells; empty for a name without parts. */
  readonly layer: string;
  /** The last part of the name, if it is the name of a parameter. */
  readonly key: string | null;
}

function sourceOf(tensor: SourceTensor): Source {
  const parts = partsOf(tensor.name);
  const key = parts.at(-1) ?? '';
  // Keras keeps the matrix of a dense layer as [inputs, outputs].
  const isKernel = tensor.shape.length === 2 && /(^|[./])kernel(:0)?$/.test(tensor.name);
  return {
    ...tensor,
    ...(isKernel && { transposed: true }),
    parts,
    path: parts.join('/'),
    layer: parts.slice(0, -1).join('/'),
    key: parts.length > 1 && KEYS.has(key) ? key : null,
  };
}

/** Order of names in which numbers count: `features.3` comes before `features.10`. */
const byName = new Intl.Collator('en', { numeric: true }).compare;

/** How the source fits the shape: as it is, transposed, or not at all. */
function fitOf(shape: readonly number[], source: SourceTensor): 'same' | 'transposed' | null {
  const turned = shape.length === 2 && shape.toReversed().join() === source.shape.join();
  if (source.transposed === true) return turned ? 'transposed' : null;
  if (shape.join() === source.shape.join()) return 'same';
  return turned ? 'transposed' : null;
}

/** True if a tensor of the network can take its values from the source. */
export const fits = (shape: readonly number[], source: SourceTensor): boolean => fitOf(shape, source) !== null;

const layerOf = (name: string): string => name.slice(0, name.lastIndexOf('/'));
const keyOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/**
 * Finds a source for every tensor of a network: by its path, by the end of its path, then, among layers with tensors of the
 * same names and shapes, in order, and at last by its shape alone where it is unambiguous. `chosen` comes first. A matrix may
 * be transposed.
 */
export function matchWeights(
  targets: readonly NamedShape[],
  tensors: readonly SourceTensor[],
  chosen: ChosenSources = {},
): WeightTable {
  const sources = tensors.map(sourceOf).filter(({ parts }) => parts.at(-1) !== COUNTER);
  const free = new Set(sources);
  const rows = new Map<string, WeightRow>();
  const take = (target: NamedShape, source: Source, rule: MatchRule): boolean => {
    const fit = fitOf(target.shape, source);
    if (fit === null || (rule !== 'hand' && !free.has(source))) return false;
    free.delete(source);
    rows.set(target.name, { ...target, source: source.name, rule, transposed: fit === 'transposed', gap: null });
    return true;
  };
  const open = () => targets.filter(({ name }) => !rows.has(name));

  for (const target of targets) {
    const wanted = Object.hasOwn(chosen, target.name) ? chosen[target.name] : undefined;
    if (wanted === undefined) continue;
    const source = sources.find(({ name }) => name === wanted);
    if (source === undefined || !take(target, source, 'hand')) {
      rows.set(target.name, { ...target, source: null, rule: null, gap: 'hand', found: source ?? null });
    }
  }
  const byPath = new Map(sources.map((source) => [source.path, source]));
  for (const target of open()) {
    const source = byPath.get(partsOf(target.name).join('/'));
    if (source !== undefined) take(target, source, 'path');
  }
  byEnding(open(), [...free], take);
  byOrder(open(), [...free], take);
  byShape(open(), [...free], take);

  return {
    rows: targets.map((target) => rows.get(target.name) ?? gapOf(target, byPath, [...free])),
    unused: [...free].map(({ name, shape, transposed }) => ({ name, shape, ...(transposed && { transposed }) })),
  };
}

type Take = (target: NamedShape, source: Source, rule: MatchRule) => boolean;

/** Layers whose last names agree with one layer of the file alone, such as `fc1` and `classifier.fc1`. */
function byEnding(targets: readonly NamedShape[], sources: readonly Source[], take: Take): void {
  const layers = [...new Set(sources.map(({ layer }) => layer))];
  for (const target of targets) {
    const own = partsOf(target.name).slice(0, -1).join('/');
    const alike = layers.filter((layer) => layer !== '' && (layer.endsWith(`/${own}`) || own.endsWith(`/${layer}`)));
    if (alike.length !== 1) continue;
    const key = partsOf(target.name).at(-1);
    const source = sources.find(({ layer, parts }) => layer === alike[0] && parts.at(-1) === key);
    if (source !== undefined) take(target, source, 'ending');
  }
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Tensors of one layer. */
interface Layer<T> {
  readonly name: string;
  readonly tensors: Map<string, T>;
}

function layersOf<T>(tensors: readonly T[], nameOf: (tensor: T) => readonly [layer: string, key: string]): Layer<T>[] {
  const layers = new Map<string, Layer<T>>();
  for (const tensor of tensors) {
    const [name, key] = nameOf(tensor);
    const layer = layers.get(name) ?? { name, tensors: new Map<string, T>() };
    layer.tensors.set(key, tensor);
    layers.set(name, layer);
  }
  return [...layers.values()];
}

/** Names and shapes of the tensors of a layer; a matrix and its transpose are alike. */
const signatureOf = ({ tensors }: Layer<NamedShape>): string =>
  [...tensors]
    .map(([key, { shape }]) => `${key}:${shape.length === 2 ? shape.toSorted((a, b) => a - b) : shape}`)
    .sort()
    .join(' ');

/** Of the layers with the same names and shapes of tensors, the first gets the first of the file, and so on. */
function byOrder(targets: readonly NamedShape[], sources: readonly Source[], take: Take): void {
  const known = sources.filter(({ key }) => key !== null);
  const ours = layersOf(targets, ({ name }) => [layerOf(name), keyOf(name)]);
  const theirs = layersOf(known, ({ layer, key }) => [layer, key ?? '']).sort((a, b) => byName(a.name, b.name));
  const bySignature = grouped(theirs, signatureOf);
  for (const [signature, layers] of grouped(ours, signatureOf)) {
    const candidates = bySignature.get(signature) ?? [];
    // With another number of layers, the order does not tell which ones are meant.
    if (candidates.length !== layers.length) continue;
    for (const [i, layer] of layers.entries()) {
      for (const [key, target] of layer.tensors) {
        const source = candidates[i]?.tensors.get(key);
        if (source !== undefined) take(target, source, 'order');
      }
    }
  }
}

/** Tensors whose names tell nothing, where the file has as many of their shape as the network. */
function byShape(targets: readonly NamedShape[], sources: readonly Source[], take: Take): void {
  const shapeOf = ({ shape }: NamedShape): string =>
    shape.length === 2 ? shape.toSorted((a, b) => a - b).join() : shape.join();
  const theirs = grouped(
    sources.filter(({ key }) => key === null),
    shapeOf,
  );
  for (const [shape, alike] of grouped(targets, shapeOf)) {
    const candidates = theirs.get(shape) ?? [];
    if (candidates.length !== alike.length) continue;
    for (const [i, target] of alike.entries()) take(target, candidates[i] as Source, 'shape');
  }
}

function gapOf(target: NamedShape, byPath: ReadonlyMap<string, Source>, free: readonly Source[]): WeightRow {
  const named = byPath.get(partsOf(target.name).join('/')) ?? null;
  const several = free.some((source) => fitOf(target.shape, source) !== null);
  const gap = named !== null ? 'shape' : several ? 'several' : 'missing';
  return { ...target, source: null, rule: null, gap, found: named };
}

/** The values of a matched tensor, in the layout of the network. */
export function laidOut(data: Float32Array, row: WeightRow): Float32Array {
  if (row.source === null || !row.transposed) return data;
  const [rows = 0, columns = 0] = row.shape;
  const turned = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[i * columns + j] = data[j * rows + i] as number;
  }
  return turned;
}
