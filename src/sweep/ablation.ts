import { check } from '../check/check.ts';
import { layerIn } from '../check/faces.ts';
import { sameValue } from '../check/sameValue.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { readConfig } from '../layers/config.ts';
import { isInput } from '../layers/input.ts';
import { fixAll } from '../plan/fixAll.ts';
import type { Text } from '../text.ts';
import { firstStop, type VariedValues } from './plan.ts';

/**
 * The network without some of its nodes, with the changes needed to keep it valid; or the reason that it cannot exist.
 */
export type Without =
  | { readonly document: NetworkDocument; readonly changes: readonly Text[] }
  | { readonly problem: Text };

/**
 * Removes nodes and reconnects the rest, like deletion in the editor. If a removed node has several inputs, the first
 * input that fits is connected onwards. If shapes no longer match, the best fixes of the check are applied.
 */
export function withoutNodes(document: NetworkDocument, ids: readonly string[]): Without {
  const taken = ids.filter((id) => document.nodes.some((node) => node.id === id));
  if (taken.length === 0)
    return {
      problem: {
        en: 'No layer is selected for removal. Choose at least one layer or block.',
        zh: '没有选择要去除的层。请至少选择一个层或块。',
      },
    };
  const isEnd = ({ id, layer }: DocumentNode) =>
    taken.includes(id) && (isInput(layer) || layerIn(document, layer)?.output !== undefined);
  if (document.nodes.some(isEnd)) return { problem: needed(document, taken) };
  const present = firstStop(check(document));
  if (present !== null) return { problem: present };
  let best: Without | null = null;
  for (const healed of healings(document, taken)) {
    const { edits, fixes, after } = fixAll(healed.document, undefined, 'error');
    const error = firstStop(after);
    if (error !== null) {
      best ??= { problem: error };
      continue;
    }
    const mended = applyEdits(healed.document, edits);
    if (comesBack(document, taken, mended)) {
      best ??= { problem: needed(document, taken) };
      continue;
    }
    const changes = [...healed.changes, ...fixes.map(({ title }) => title)];
    if (best === null || 'problem' in best || changes.length < best.changes.length)
      best = { document: mended, changes };
  }
  return best ?? { problem: needed(document, taken) };
}

/** True if a fix has inserted a removed node again. */
const comesBack = (document: NetworkDocument, ids: readonly string[], mended: NetworkDocument): boolean => {
  const before = new Set(document.nodes.map(({ id }) => id));
  const gone = document.nodes.filter(({ id }) => ids.includes(id));
  const added = mended.nodes.filter(({ id }) => !before.has(id) || ids.includes(id));
  const whole = (node: DocumentNode) => readConfig(layerIn(document, node.layer)?.config ?? {}, node.config).config;
  return added.some((node) => gone.some((old) => old.layer === node.layer && sameValue(whole(old), whole(node))));
};

function needed(document: NetworkDocument, ids: readonly string[]): Text {
  const names = document.nodes.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return {
    en: `Without “${names.join('”, “')}”, the network has errors. Choose another layer.`,
    zh: `去除“${names.join('”、“')}”后网络有错误。请选择其他层。`,
  };
}

interface HealedDocument {
  readonly document: NetworkDocument;
  readonly changes: readonly Text[];
}

/** The possible reconnections after a removal: one per input for a single node with several inputs, otherwise one. */
function healings(document: NetworkDocument, ids: readonly string[]): readonly HealedDocument[] {
  const plain = applyEdits(document, [{ kind: 'removeNodes', nodes: ids, heal: true }]);
  const [id = ''] = ids;
  const into = document.edges.filter((edge) => edge.to.node === id);
  const outOf = document.edges.filter((edge) => edge.from.node === id);
  if (ids.length > 1 || into.length < 2 || outOf.length === 0) return [{ document: plain, changes: [] }];
  return into.map(({ from }): HealedDocument => {
    const edges = outOf.map(({ to }): Edit => ({ kind: 'connect', from, to, keepOthers: true }));
    const name = document.nodes.find((node) => node.id === from.node)?.name ?? from.node;
    const change = { en: `Only “${name}” is connected onwards`, zh: `仅保留“${name}”分支` };
    const alive = withoutDead(
      applyEdits(plain, edges),
      into.map((edge) => edge.from.node),
    );
    return { document: alive.document, changes: [change, ...alive.changes] };
  });
}

/**
 * Branches that led only to a removed node no longer affect the output. They are removed too, so that the comparison
 * counts only layers in use.
 */
function withoutDead(document: NetworkDocument, sources: readonly string[]): HealedDocument {
  let present = document;
  const isDead = (id: string) =>
    present.nodes.some((node) => node.id === id) && !present.edges.some(({ from }) => from.node === id);
  const gone: string[] = [];
  for (let dead = sources.filter(isDead); dead.length > 0; ) {
    const feeding = present.edges.filter(({ to }) => dead.includes(to.node)).map(({ from }) => from.node);
    gone.push(...dead);
    present = applyEdits(present, [{ kind: 'removeNodes', nodes: dead, heal: false }]);
    dead = [...new Set(feeding)].filter(isDead);
  }
  const names = document.nodes.filter(({ id }) => gone.includes(id)).map(({ name }) => name);
  if (names.length === 0) return { document: present, changes: [] };
  const change = {
    en: `${names.join(', ')}: also removed, because nothing else uses the output`,
    zh: `${names.join('、')}：输出不再被使用，一并去除`,
  };
  return { document: present, changes: [change] };
}

/** Key of `varied` under which a run of an ablation study names the removed nodes; null for the original network. */
export const WITHOUT = 'without';
const SEED = 'recipe.seed';

/** One variant of the network: the original, or the network without some nodes. */
export interface Arm {
  /** Names of the removed nodes; null for the original network. */
  readonly without: string | null;
  readonly document: NetworkDocument;
  readonly changes: readonly Text[];
}

export type AblationPlan =
  | { readonly arms: readonly [Arm, ...Arm[]]; readonly seeds: readonly number[] }
  | { readonly problem: Text };

/**
 * Plans an ablation study: the original network and the network without the nodes, trained with the same `seeds`
 * consecutive seeds, starting at the seed of the training settings.
 */
export function planAblation(document: NetworkDocument, ids: readonly string[], seeds: number): AblationPlan {
  const without = withoutNodes(document, ids);
  if ('problem' in without) return without;
  const names = document.nodes.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  const first = document.recipe.seed;
  return {
    arms: [
      { without: null, document, changes: [] },
      { without: names.join(', '), ...without },
    ],
    seeds: Array.from({ length: seeds }, (_, i) => first + i),
  };
}

export interface AblationRun {
  readonly arm: Arm;
  readonly seed: number;
  readonly document: NetworkDocument;
  readonly varied: VariedValues;
}

/** Ordered by seed, so that the first comparison is possible after two runs. */
export const ablationRuns = ({ arms, seeds }: Extract<AblationPlan, { arms: unknown }>): readonly AblationRun[] =>
  seeds.flatMap((seed) =>
    arms.map((arm) => ({
      arm,
      seed,
      document: { ...arm.document, recipe: { ...arm.document.recipe, seed } },
      varied: { [WITHOUT]: arm.without, [SEED]: seed },
    })),
  );
