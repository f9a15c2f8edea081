import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isTopLevel, type LayerRepair } from './repair.ts';

/** Usual dropout rate of hidden units (Srivastava et al. 2014). */
const USUAL = 0.5;
/** Dropout rate if many layers in sequence have dropout. */
const LITTLE = 0.2;
/** Dropped fraction, in one layer or several in sequence, from which dropout is too strong. */
const DROPS = 0.8;
const KEPT = 0.05;

/** Fraction of the values that a layer drops in training. */
export const dropped = ({ layer: { dropsKey }, config }: CheckedNode): number =>
  dropsKey === undefined ? 0 : (config[dropsKey] as number);

/** Dropout layers that drop most of the values. */
export function strongDropouts(nodes: readonly CheckedNode[]): readonly CheckedNode[] {
  const drops = nodes.filter((node) => dropped(node) > USUAL);
  const kept = drops.reduce((share, node) => share * (1 - dropped(node)), 1);
  return kept <= KEPT ? drops : drops.filter((node) => dropped(node) >= DROPS);
}

export function lessDropout({ nodes }: Pick<Patient, 'nodes'>): readonly Repair[] {
  const drops = strongDropouts(nodes).filter(isTopLevel);
  const setAll = (p: number): Repair => ({
    title: { en: `Set the dropout rate to ${p}`, zh: `将暂退概率设为 ${p}` },
    layers: drops.map(
      ({ node, layer }): LayerRepair => ({ kind: 'set', node: node.id, key: layer.dropsKey ?? '', value: p }),
    ),
  });
  if (drops.length === 0) return [];
  return drops.length === 1 ? [setAll(USUAL)] : [setAll(USUAL), setAll(LITTLE)];
}
