import { check } from '../check/check.ts';
import { layerIn } from '../check/faces.ts';
import { sameValue } from '../check/sameValue.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { applyEdits, type Edit } from '../graph/edits.ts';
import { readConfig } from '../layers/config.ts';
import { isInput } from '../layers/input.ts';
import { fixAll } from '../plan/fixAll.ts';
import type { Text } from '../text.ts';
import { firstStop, type Varied } from './plan.ts';

/** The network without some of its nodes, and what had to be changed for it to work; or why there is none. */
export type Without =
  | { readonly document: NetworkDocument; readonly changes: readonly Text[] }
  | { readonly problem: Text };

/**
 * Takes nodes out and leaves the rest connected, as deleting does: through a node of several inputs the edge goes on from
 * the first that fits. Where shapes no longer meet, the best fixes of check are applied.
 */
export function withoutNodes(document: NetworkDocument, ids: readonly string[]): Without {
  const taken = ids.filter((id) => document.nodes.some((node) => node.id === id));
  if (taken.length === 0) return { problem: { en: 'There is nothing to take out.', zh: '没有可去掉的层。' } };
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

/** Whether a fix has put in again what was taken out. */
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
    en: `The network does not work without '${names.join(', ')}'.`,
    zh: `缺少“${names.join('、')}”，网络无法工作。`,
  };
}

interface Healed {
  readonly document: NetworkDocument;
  readonly changes: readonly Text[];
}

/** Ways to close the gap: one, but for a single node with several inputs, where any of them may go on. */
function healings(document: NetworkDocument, ids: readonly string[]): readonly Healed[] {
  const plain = applyEdits(document, [{ kind: 'removeNodes', nodes: ids, heal: true }]);
  const [id = ''] = ids;
  const into = document.edges.filter((edge) => edge.to.node === id);
  const outOf = document.edges.filter((edge) => edge.from.node === id);
  if (ids.length > 1 || into.length < 2 || outOf.length === 0) return [{ document: plain, changes: [] }];
  return into.map(({ from }): Healed => {
    const edges = outOf.map(({ to }): Edit => ({ kind: 'connect', from, to, keepOthers: true }));
    const name = document.nodes.find((node) => node.id === from.node)?.name ?? from.node;
    const change = { en: `Only '${name}' goes on`, zh: `只保留“${name}”这一路` };
    const alive = withoutDead(
      applyEdits(plain, edges),
      into.map((edge) => edge.from.node),
    );
    return { document: alive.document, changes: [change, ...alive.changes] };
  });
}

/** Branches that led to the node alone are dead: they go, too, so that what is compared is what computes. */
function withoutDead(document: NetworkDocument, sources: readonly string[]): Healed {
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
    en: `${names.join(', ')} led nowhere else and went, too`,
    zh: `${names.join('、')} 不再通向别处，一并去掉`,
  };
  return { document: present, changes: [change] };
}

/** Under this key a run of an ablation says what it is without; null: nothing was taken out. */
export const WITHOUT = 'without';
const SEED = 'recipe.seed';

/** One way to train: as it is, or without something. */
export interface Arm {
  /** Names of what is missing; null for the network as it is. */
  readonly without: string | null;
  readonly document: NetworkDocument;
  readonly changes: readonly Text[];
}

export type AblationPlan =
  | { readonly arms: readonly [Arm, ...Arm[]]; readonly seeds: readonly number[] }
  | { readonly problem: Text };

/** Trains the network as it is and without the nodes, each with the same seeds: `seeds` of them from the recipe's on. */
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
  readonly varied: Varied;
}

/** Seed by seed, so that there is something to compare early. */
export const ablationRuns = ({ arms, seeds }: Extract<AblationPlan, { arms: unknown }>): readonly AblationRun[] =>
  seeds.flatMap((seed) =>
    arms.map((arm) => ({
      arm,
      seed,
      document: { ...arm.document, recipe: { ...arm.document.recipe, seed } },
      varied: { [WITHOUT]: arm.without, [SEED]: seed },
    })),
  );
