import { blocks } from '../blocks/index.ts';
import { check } from '../check/check.ts';
import type { Field as DataField, Dataset } from '../data/dataset.ts';
import {
  type Config,
  type ConfigValue,
  type DocumentNode,
  type Edge,
  emptyDocument,
  type NetworkDocument,
} from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdit } from '../graph/edits.ts';
import { defaultClips, defaultOptimizers, type Recipe } from '../graph/recipe.ts';
import { elementCount } from '../ir/tensor.ts';
import { concat } from '../layers/concat.ts';
import { type ConfigSchema, type Field, readConfig } from '../layers/config.ts';
import { flatten } from '../layers/flatten.ts';
import { layers, outputFor } from '../layers/index.ts';
import { input, isInput } from '../layers/input.ts';
import { inputPorts, type LayerDef, type Shape } from '../layers/layer.ts';
import { linear } from '../layers/linear.ts';
import { planBlock } from '../plan/makeBlock.ts';
import type { Random } from '../random/philox.ts';

/** Limits that keep a random network small enough for a fast test. */
const MOST = { layers: 9, numbers: 1500, params: 20_000 } as const;

const pick = <T>(rng: Random, values: readonly T[]): T => values[rng.below(values.length)] as T;

const ENDS: ReadonlySet<string> = new Set(layers.filter(({ output }) => output !== undefined).map(({ type }) => type));

/** Names of nodes, including words that programs use. */
const NAMES = [
  'target',
  'logits',
  'loss',
  'correct',
  'values',
  'learning_rate',
  'x',
  '层',
  'layer 1',
  'a.b',
  '__proto__',
];

type Kind = { readonly type: string; readonly config: ConfigSchema } & (
  | Pick<LayerDef, 'inputs' | 'inputsOf'>
  | { readonly inputs: readonly string[] }
);
const inner: readonly Kind[] = [
  ...layers.filter(({ inputs, outputs }) => inputs.length > 0 && outputs.length > 0),
  ...blocks,
];

/**
 * A random document of layers and blocks with random configs, each appended where its shape rule accepts the inputs.
 */
export function randomDrawing(rng: Random): NetworkDocument {
  const nodes: DocumentNode[] = [];
  const edges: Edge[] = [];
  const shapes = new Map<string, Shape>();
  const drawn = (): NetworkDocument => ({
    ...emptyDocument,
    name: 'drawn',
    data: { ...emptyDocument.data, source: 'drawn' },
    nodes,
    edges,
  });

  /** Appends the node if it is valid. */
  const append = (type: string, config: Config, sources: readonly string[], ports: readonly string[]): boolean => {
    const id = `n${nodes.length}`;
    const own = NAMES[rng.below(4 * NAMES.length)];
    const name = own === undefined || nodes.some((node) => node.name === own) ? `${type}${nodes.length}` : own;
    const frozen = rng.below(8) === 0 ? { frozen: true } : {};
    nodes.push({ id, layer: type, name, config, position: { x: 0, y: 100 * nodes.length }, ...frozen });
    ports.forEach((port, i) => {
      const [from, to] = [
        { node: sources[i] as string, port: 'y' },
        { node: id, port },
      ];
      edges.push({ id: edgeId(from, to), from, to });
    });
    const { nodes: reports } = check(drawn());
    const report = reports.get(id);
    const y = report?.outputs.y ?? [];
    // An unused layer is only a warning, so its output shape decides whether it is valid.
    const shapeless = !ENDS.has(type) && report?.outputs.y === undefined;
    const wrong = report === undefined || shapeless || report.diagnostics.some(({ severity }) => severity === 'error');
    if (
      wrong ||
      elementCount(y) > MOST.numbers ||
      report.params > MOST.params ||
      report.activationBytes > 40 * MOST.numbers
    ) {
      nodes.pop();
      edges.splice(edges.length - ports.length);
      return false;
    }
    shapes.set(id, y);
    return true;
  };

  const inputs = rng.below(4) === 0 ? 2 : 1;
  const shape = pick(rng, [[1, 6, 6], [3, 8, 7], [2, 5, 5], [4, 12, 12], [7], [5, 6]] as const);
  for (let i = 0; i < inputs; i++) append(input.type, { shape: [...shape] }, [], []);
  const length = inputs + 1 + rng.below(MOST.layers);
  for (let tries = 0; nodes.length < length && tries < 60; tries++) {
    const kind = pick(rng, inner);
    const last = nodes[rng.below(3) === 0 ? rng.below(nodes.length) : nodes.length - 1] as DocumentNode;
    const config = randomConfig(rng, kind.config, shapes.get(last.id) ?? []);
    const read = readConfig(kind.config, config).config;
    const ports = 'inputsOf' in kind ? inputPorts(kind as LayerDef, read) : kind.inputs;
    append(kind.type, config, [last.id, ...ports.slice(1).map(() => pick(rng, nodes).id)], ports);
  }
  finish(rng, nodes, edges, shapes, append);
  return withOwnBlock(rng, { ...drawn(), recipe: randomRecipe(rng) });
}

/** Some networks get a part grouped into a block, which is repeated or frozen if that is valid. */
function withOwnBlock(rng: Random, document: NetworkDocument): NetworkDocument {
  if (rng.below(3) > 0) return document;
  const inside = document.nodes.filter(({ layer }) => !isInput(layer) && !ENDS.has(layer));
  const first = rng.below(Math.max(1, inside.length - 1));
  const chosen = inside.slice(first, first + 2 + rng.below(4)).map(({ id }) => id);
  const { edit } = planBlock(document, chosen, 'Own');
  if (edit === null) return document;
  const grouped = applyEdit(document, edit);
  const change = pick(rng, [{}, { repeat: 2 }, { frozen: true }]);
  const changed = { ...grouped, nodes: grouped.nodes.map((n) => (n.id === edit.node.id ? { ...n, ...change } : n)) };
  return check(changed).graph === null ? grouped : changed;
}

type Append = (type: string, config: Config, sources: readonly string[], ports: readonly string[]) => boolean;

/** Completes the network: an output layer for every open branch, or one for all. */
function finish(
  rng: Random,
  nodes: readonly DocumentNode[],
  edges: readonly Edge[],
  shapes: ReadonlyMap<string, Shape>,
  append: Append,
): void {
  const last = (): string => (nodes.at(-1) as DocumentNode).id;
  let open = nodes.filter(({ id }) => !edges.some(({ from }) => from.node === id)).map(({ id }) => id);
  if (open.length > 2 || rng.below(2) === 0) {
    const flat = open.map((id) => {
      if ((shapes.get(id) ?? []).length === 1) return id;
      append(flatten.type, {}, [id], ['x']);
      return last();
    });
    const joined = { count: flat.length };
    if (flat.length > 1)
      append(concat.type, joined, flat, inputPorts(concat, readConfig(concat.config, joined).config));
    open = [flat.length > 1 ? last() : (flat[0] as string)];
  }
  for (const id of open) {
    const end = outputFor(pick(rng, ['class', 'binary', 'numbers']));
    if (end.output?.answers !== 'class') {
      append(end.type, randomConfig(rng, end.config, []), [id], ['x']);
      continue;
    }
    const classes = 2 + rng.below(3);
    let source = id;
    if ((shapes.get(id) ?? []).length > 1) {
      append(flatten.type, {}, [id], ['x']);
      source = last();
    }
    append(linear.type, { outFeatures: classes }, [source], ['x']);
    const weights = rng.below(3) === 0 ? Array.from({ length: classes }, () => 0.5 + rng.below(3)) : [];
    const loss = pick(rng, ['crossEntropy', 'multiMargin']);
    append(end.type, { classes, loss, classWeights: weights, labelSmoothing: pick(rng, [0, 0.1]) }, [last()], ['x']);
  }
}

/** A random config: mostly defaults, sometimes any value of a field, including its limits. */
export function randomConfig(rng: Random, schema: ConfigSchema, x: Shape): Config {
  const entries = Object.entries(schema).flatMap(([key, field]): [string, ConfigValue][] =>
    rng.below(2) === 0 ? [] : [[key, randomValue(rng, field, x)]],
  );
  return Object.fromEntries(entries);
}

function randomValue(rng: Random, field: Field, x: Shape): ConfigValue {
  const whole = (): number => {
    const { min, max = Number.MAX_SAFE_INTEGER } = field as { min: number; max?: number };
    return Math.min(max, Math.max(min, pick(rng, [min, min + 1, 0, 1, 2, 2, 3, 4, 5, x[0] ?? 1])));
  };
  switch (field.kind) {
    case 'int':
      return whole();
    case 'float': {
      const { min, max = 2 } = field;
      // A divisor of almost 0 is valid, but leads to NaN or infinity.
      return pick(rng, [min > 0 ? field.default : min, Math.min(max, 10), Math.min(max, Math.max(min, 0.3))]);
    }
    case 'bool':
      return rng.below(2) === 1;
    case 'pair':
      return [whole(), whole()];
    case 'padding':
      return rng.below(3) === 0 ? 'same' : [whole(), whole()];
    case 'choice':
      return pick(rng, field.options).value;
    case 'shape':
      return pick(rng, [[elementCount(x)], [...x].reverse(), [x[0] ?? 1, elementCount(x.slice(1))]]);
    case 'numbers':
      return Array.from({ length: rng.below(3) }, whole);
    default:
      return field satisfies never;
  }
}

function randomRecipe(rng: Random): Recipe {
  const kind = pick(rng, Object.keys(defaultOptimizers)) as keyof typeof defaultOptimizers;
  const clip = pick(rng, [undefined, defaultClips.norm, defaultClips.value]);
  return {
    ...emptyDocument.recipe,
    optimizer: { ...defaultOptimizers[kind], learningRate: 1e-3 },
    ...(clip && { clip }),
    ...(rng.below(3) === 0 && { decayBiasAndNorm: false }),
    batchSize: 2 + rng.below(4),
  };
}

/** Random samples and targets for all inputs and outputs of a network. */
export function randomData(
  rng: Random,
  count: number,
  inputs: readonly { readonly name: string; readonly shape: Shape }[],
  outputs: readonly {
    readonly name: string;
    readonly shape: Shape;
    readonly classes: number | null;
    readonly binary: boolean;
  }[],
): Dataset {
  const numbers = (name: string, shape: Shape, draw: () => number): DataField => ({
    name,
    kind: 'numbers',
    shape,
    data: Float32Array.from({ length: count * elementCount(shape) }, draw),
  });
  return {
    name: 'drawn',
    count,
    inputs: inputs.map(({ name, shape }) => numbers(name, shape, () => rng.normal())),
    targets: outputs.map(({ name, shape, classes, binary }): DataField => {
      if (classes === null) return numbers(name, shape, () => (binary ? rng.below(2) : rng.normal()));
      return {
        name,
        kind: 'classes',
        classes,
        shape: [],
        data: Uint8Array.from({ length: count }, () => rng.below(classes)),
      };
    }),
  };
}
