import type { Fix } from '../graph/diagnostic.ts';
import type { Config, DocumentNode } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { type ConfigOf, type ConfigSchema, type Pair, readConfig, shortPair } from '../layers/config.ts';
import { type Drawing, sourceOf } from './drawing.ts';
import { valueText } from './fixes.ts';
import type { NodeKind, Shapes } from './inference.ts';
import { sameValue } from './sameValue.ts';

interface Change {
  readonly node: DocumentNode;
  readonly config: Config;
}

/** A layer upstream of the merge. */
interface Station {
  readonly node: DocumentNode;
  readonly kind: NodeKind;
  readonly given: Shapes;
}

/**
 * Changes the windows upstream of `port` so that its input has [height, width]. Tries padding that keeps the size, in one
 * or more layers; then one other change of padding, output padding, rounding or size; then stride 1. Null if none works.
 */
export function fitSizeFix(
  drawing: Drawing,
  node: DocumentNode,
  { port, size }: { readonly port: string; readonly size: readonly number[] },
): Fix | null {
  const way = wayUp(drawing, node, port);
  const keeping = keep(way, size, false);
  if (keeping !== null) return asFix(drawing, keeping, size, 'keeps');
  const single = changeOne(way, size);
  if (single !== null) return asFix(drawing, [single], size, 'gives');
  const unstrided = keep(way, size, true);
  return unstrided === null ? null : asFix(drawing, unstrided, size, 'keeps');
}

/** The layers with one input each that lead to a port, nearest first. */
function wayUp(drawing: Drawing, node: DocumentNode, port: string): readonly Station[] {
  const way: Station[] = [];
  let source = sourceOf(drawing, node.id, port);
  while (source !== undefined) {
    const kind = drawing.kinds.get(source.id);
    const given = drawing.inferences.get(source.id)?.inputs;
    if (kind === null || kind === undefined || given === undefined || kind.ports.inputs.length !== 1) break;
    way.push({ node: source, kind, given });
    source = sourceOf(drawing, source.id, kind.ports.inputs[0] ?? '');
  }
  return way;
}

function keep(way: readonly Station[], size: readonly number[], unstride: boolean): readonly Change[] | null {
  const keeping: Change[] = [];
  for (const [i, { node, kind }] of way.entries()) {
    const config = keepingConfig(kind, unstride);
    if (config === null) continue;
    keeping.push({ node, config });
    if (arrives(way.slice(0, i + 1), keeping, size)) return keeping;
  }
  return null;
}

const isPair = (value: unknown): value is Pair => Array.isArray(value) && value.length === 2;

/** Config with which a window keeps the size; null if it already does, or is not a window. */
function keepingConfig({ layer, config }: NodeKind, unstride: boolean): Config | null {
  const { kernelSize, stride, padding, dilation } = config;
  if (!isPair(kernelSize) || !isPair(stride)) return null;
  const strided = stride.some((step) => step > 1);
  if (strided && !unstride) return null;
  const wide = isPair(dilation) ? dilation : [1, 1];
  const extents = kernelSize.map((cells, i) => (cells - 1) * (wide[i] ?? 1));
  const even = extents.some((cells) => cells % 2 === 1);
  // Only a convolution can have one more row or column of padding on one side.
  if (even && layer.config.padding?.kind !== 'padding') return null;
  const pads = even ? 'same' : extents.map((cells) => cells / 2);
  const changed: Config = {
    ...(strided ? { stride: [1, 1] } : {}),
    ...(padding === 'same' || sameValue(padding, pads) ? {} : { padding: pads }),
  };
  return Object.keys(changed).length === 0 ? null : changed;
}

/** The nearest layer for which one change of its config gives the size. */
function changeOne(way: readonly Station[], size: readonly number[]): Change | null {
  for (const [i, { node, kind }] of way.entries()) {
    for (const config of changesOf(kind, size)) {
      const change = { node, config };
      if (arrives(way.slice(0, i + 1), [change], size)) return change;
    }
  }
  return null;
}

/** Max padding to try. */
const MOST = 8;

/** Other configs of a layer that changes sizes, smallest change first. */
function* changesOf({ layer: { config: schema }, config }: NodeKind, size: readonly number[]): Generator<Config> {
  const { stride, dilation, padding, outputPadding, kernelSize } = config;
  if (isPair(outputPadding) && isPair(stride)) {
    const most = Math.min(MOST, Math.max(...stride, ...(isPair(dilation) ? dilation : [])));
    for (const pads of pairsBelow(most)) yield { outputPadding: pads };
  }
  if (schema.padding !== undefined && isPair(kernelSize)) {
    for (const pads of pairsBelow(Math.min(MOST, Math.max(...kernelSize)))) {
      if (!sameValue(padding, pads)) yield { padding: pads };
    }
  }
  if (config.ceilMode !== undefined) yield { ceilMode: config.ceilMode !== true };
  if (isPair(config.outputSize)) yield { outputSize: size };
  if (config.by === 'scale' && schema.size?.kind === 'pair') yield { by: 'size', size };
  else if (schema.size?.kind === 'pair') yield { size };
}

/** All pairs of numbers below `most`, smallest first. */
const pairsBelow = (most: number): readonly Pair[] =>
  Array.from({ length: most * most }, (_, i): Pair => [Math.floor(i / most), i % most]).sort(
    (a, b) => a[0] + a[1] - b[0] - b[1] || Math.abs(a[0] - a[1]) - Math.abs(b[0] - b[1]),
  );

/** True if the path with these changes results in that size. */
function arrives(way: readonly Station[], changes: readonly Change[], size: readonly number[]): boolean {
  let shape = Object.values(way.at(-1)?.given ?? {})[0] ?? [];
  for (const { node, kind } of way.toReversed()) {
    const changed = changes.find((change) => change.node === node)?.config;
    const config = changed === undefined ? kind.config : validConfig(kind, changed);
    const inferred = config && kind.layer.infer({ [kind.ports.inputs[0] ?? '']: shape }, config);
    if (inferred === null || 'problems' in inferred) return false;
    shape = Object.values(inferred.outputs)[0] ?? [];
  }
  return sameValue(shape.slice(1), size);
}

function validConfig(kind: NodeKind, changed: Config): ConfigOf<ConfigSchema> | null {
  const { config, problems } = readConfig(kind.layer.config, { ...kind.config, ...changed });
  return problems.length > 0 ? null : config;
}

const does = { keeps: '保持', gives: '输出' } as const;

function asFix({ kinds }: Drawing, changes: readonly Change[], size: readonly number[], verb: keyof typeof does): Fix {
  const edits: Edit[] = [];
  const words = { en: [] as string[], zh: [] as string[] };
  for (const { node, config } of changes.toReversed()) {
    for (const [key, value] of Object.entries(config)) {
      const field = kinds.get(node.id)?.layer.config[key];
      const text = valueText(field, value);
      edits.push({ kind: 'setConfig', node: node.id, key, value });
      words.en.push(`${field?.label.en.toLowerCase() ?? key} of “${node.name}” to ${text.en}`);
      words.zh.push(`将“${node.name}”的${field?.label.zh ?? key}设为 ${text.zh}`);
    }
  }
  const goal = shortPair(size as unknown as Pair);
  const shown = size[0] === size[1] ? `${goal}×${goal}` : goal;
  return {
    title: {
      en: `Set ${words.en.join(', ')}: ${verb} ${shown}`,
      zh: `${words.zh.join('，')}：${does[verb]} ${shown}`,
    },
    edits,
  };
}
