import type { Fix } from '../graph/diagnostic.ts';
import type { Config, DocumentNode } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { type Pair, readConfig, shortPair } from '../layers/config.ts';
import { type Drawing, sourceOf } from './drawing.ts';
import { valueText } from './fixes.ts';
import type { Shapes } from './inference.ts';
import { sameValue } from './sameValue.ts';

interface Keeping {
  readonly node: DocumentNode;
  readonly config: Config;
}

/**
 * Sets padding, and if that is not enough stride, of the windows up the wire from `port` so that they keep the size: of as
 * many of them as it takes to arrive there with [height, width]. Null when that does not come out.
 */
export function keepSizeFix(
  drawing: Drawing,
  node: DocumentNode,
  { port, size }: { readonly port: string; readonly size: readonly number[] },
): Fix | null {
  return keep(drawing, node, port, size, false) ?? keep(drawing, node, port, size, true);
}

function keep(
  drawing: Drawing,
  node: DocumentNode,
  port: string,
  size: readonly number[],
  unstride: boolean,
): Fix | null {
  const keeping: Keeping[] = [];
  const chain: string[] = [];
  let source = sourceOf(drawing, node.id, port);
  while (source !== undefined) {
    const kind = drawing.kinds.get(source.id);
    if (kind === null || kind === undefined || kind.ports.inputs.length !== 1) return null;
    const config = keepingConfig(kind.config, unstride);
    if (config !== null) keeping.push({ node: source, config });
    chain.unshift(source.id);
    const given = drawing.inferences.get(source.id)?.inputs;
    if (given === undefined) return null;
    if (config !== null && arrives(drawing, chain, given, keeping, size)) return asFix(drawing, keeping, size);
    source = sourceOf(drawing, source.id, kind.ports.inputs[0] ?? '');
  }
  return null;
}

/** The config with which a window keeps the size; null where it does already, or is no window. */
function keepingConfig({ kernelSize, stride, padding, dilation }: Config, unstride: boolean): Config | null {
  const isPair = (value: unknown): value is Pair => Array.isArray(value) && value.length === 2;
  if (!isPair(kernelSize) || !isPair(stride)) return null;
  if (kernelSize.some((cells) => cells % 2 === 0) || (!unstride && stride.some((step) => step > 1))) return null;
  const wide = isPair(dilation) ? dilation : [1, 1];
  const pads = kernelSize.map((cells, i) => ((cells - 1) / 2) * (wide[i] ?? 1));
  const config = {
    ...(stride.some((step) => step > 1) ? { stride: [1, 1] } : {}),
    ...(padding === 'same' || sameValue(padding, pads) ? {} : { padding: pads }),
  };
  return Object.keys(config).length === 0 ? null : config;
}

/** Whether the chain gives pictures of that size, with its windows changed. */
function arrives(
  { kinds }: Drawing,
  chain: readonly string[],
  given: Shapes,
  keeping: readonly Keeping[],
  size: readonly number[],
): boolean {
  let shape = Object.values(given)[0] ?? [];
  for (const id of chain) {
    const kind = kinds.get(id);
    if (kind === null || kind === undefined) return false;
    const changed = keeping.find(({ node }) => node.id === id)?.config;
    const { config, problems } = readConfig(kind.layer.config, { ...kind.config, ...changed });
    const inferred = kind.layer.infer({ [kind.ports.inputs[0] ?? '']: shape }, config);
    if (problems.length > 0 || 'problems' in inferred) return false;
    shape = Object.values(inferred.outputs)[0] ?? [];
  }
  return sameValue(shape.slice(1), size);
}

function asFix({ kinds }: Drawing, keeping: readonly Keeping[], size: readonly number[]): Fix {
  const edits: Edit[] = [];
  const words = { en: [] as string[], zh: [] as string[] };
  for (const { node, config } of keeping.toReversed()) {
    for (const [key, value] of Object.entries(config)) {
      const field = kinds.get(node.id)?.layer.config[key];
      const text = valueText(field, value);
      edits.push({ kind: 'setConfig', node: node.id, key, value });
      words.en.push(`${field?.label.en.toLowerCase() ?? key} of '${node.name}' to ${text.en}`);
      words.zh.push(`“${node.name}”的${field?.label.zh ?? key}设为 ${text.zh}`);
    }
  }
  const goal = shortPair(size as unknown as Pair);
  const shown = size[0] === size[1] ? `${goal}×${goal}` : goal;
  return {
    title: { en: `Set ${words.en.join(', ')}: keeps ${shown}`, zh: `${words.zh.join('，')}：保持 ${shown}` },
    edits,
  };
}
