import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isTop, type LayerRepair } from './repair.ts';

/** Srivastava et al. 2014 drop half of the hidden units. */
const USUAL = 0.5;
/** Behind many layers in a row half of each is too much, too. */
const LITTLE = 0.2;
/** One layer that keeps a fifth and less, or several that together keep next to nothing. */
const DROPS = 0.8;
const KEPT = 0.05;

const probability = ({ config }: CheckedNode): number => config.p as number;

/** Dropout layers that leave next to nothing to learn with. */
export function droppingMost(nodes: readonly CheckedNode[]): readonly CheckedNode[] {
  const drops = nodes.filter(
    (node) => (node.layer.type === 'dropout' || node.layer.type === 'dropout2d') && probability(node) > USUAL,
  );
  const kept = drops.reduce((share, node) => share * (1 - probability(node)), 1);
  return kept <= KEPT ? drops : drops.filter((node) => probability(node) >= DROPS);
}

export function lessDropout({ nodes }: Pick<Patient, 'nodes'>): readonly Repair[] {
  const drops = droppingMost(nodes).filter(isTop);
  const setAll = (p: number): Repair => ({
    title: { en: `Set dropout to ${p}`, zh: `把暂退概率设为 ${p}` },
    layers: drops.map(({ node }): LayerRepair => ({ kind: 'set', node: node.id, key: 'p', value: p })),
  });
  if (drops.length === 0) return [];
  return drops.length === 1 ? [setAll(USUAL)] : [setAll(USUAL), setAll(LITTLE)];
}
