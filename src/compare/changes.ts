import { sameValue } from '../check/sameValue.ts';
import type { ConfigValue } from '../graph/document.ts';
import { applies, type Field } from '../layers/config.ts';
import type { Shape } from '../layers/layer.ts';
import { same, type Text } from '../text.ts';
import type { Item } from './level.ts';

/** One difference of a node that both networks have, with its state in the first and in the second network. */
export type Change =
  | { readonly what: 'layer'; readonly from: Text; readonly to: Text }
  | {
      readonly what: 'config';
      readonly key: string;
      readonly field: Field | null;
      readonly from: ConfigValue | null;
      readonly to: ConfigValue | null;
    }
  | { readonly what: 'repeat'; readonly from: number; readonly to: number }
  | { readonly what: 'frozen'; readonly from: boolean; readonly to: boolean }
  /** The shape of the input, unless a difference of the output follows from it; or the shape of the output. */
  | { readonly what: 'input' | 'output'; readonly from: Shape | null; readonly to: Shape | null }
  /** The source of an input port, if both networks have both sources. */
  | { readonly what: 'edge'; readonly port: string; readonly from: string; readonly to: string };

export const titleOf = ({ layer, node }: Item): Text => layer?.title ?? same(node.layer);

/** The differences of two paired nodes. `edges`: the changes of their sources. */
export function changesOf(a: Item, b: Item, edges: readonly Change[]): readonly Change[] {
  const changes: Change[] = [];
  if (a.kind !== b.kind) changes.push({ what: 'layer', from: titleOf(a), to: titleOf(b) });
  else changes.push(...configChanges(a, b));
  const [from, to] = [a.node, b.node];
  const [once, again] = [from.repeat ?? 1, to.repeat ?? 1];
  if (once !== again) changes.push({ what: 'repeat', from: once, to: again });
  if (Boolean(from.frozen) !== Boolean(to.frozen))
    changes.push({ what: 'frozen', from: Boolean(from.frozen), to: Boolean(to.frozen) });
  const givesSame = sameValue(a.output, b.output);
  if (!givesSame) changes.push({ what: 'output', from: a.output, to: b.output });
  else if (!sameValue(a.input, b.input)) changes.push({ what: 'input', from: a.input, to: b.input });
  return [...changes, ...edges];
}

/** Fields that have no effect in either network are ignored. */
function configChanges(a: Item, b: Item): readonly Change[] {
  if (a.configKey === b.configKey) return [];
  const keys = [...new Set([...Object.keys(a.config), ...Object.keys(b.config)])];
  return keys.flatMap((key): Change[] => {
    const [from = null, to = null] = [a.config[key], b.config[key]];
    const field = a.layer?.config[key] ?? b.layer?.config[key] ?? null;
    if (sameValue(from, to)) return [];
    if (field !== null && !applies(field, a.config) && !applies(field, b.config)) return [];
    return [{ what: 'config', key, field, from, to }];
  });
}
