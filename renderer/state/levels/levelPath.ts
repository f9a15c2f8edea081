import type { Level } from '../../../src/plan/level.ts';

/** Names of the entered blocks, as in the paths of the layers inside: `stage2`, or `stage2/1` for a copy. */
export const levelPath = (levels: readonly Level[]): readonly string[] =>
  levels.map(({ node, place, copies }) => (copies > 1 ? `${node.name}/${place.copy + 1}` : node.name));
