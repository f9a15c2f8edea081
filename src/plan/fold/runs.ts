import { contentOf, isBlock, type Part } from './parts.ts';
import { type Piece, pieceOf } from './pieces.ts';
import type { PartGraph, Region } from './regions.ts';

/** Max number of copies of a block. */
const MOST_COPIES = 1000;

/** Stretches of equal blocks, one after the other, whose outputs have the same shape. */
export function runsOf(graph: PartGraph): readonly Piece[] {
  const runs: Piece[] = [];
  for (const sequence of graph.sequences) {
    for (let start = 0; start < sequence.length; ) {
      let end = start + 1;
      while (end < sequence.length && end - start < MOST_COPIES && follows(sequence, end)) end++;
      const piece = end - start > 1 ? pieceOf(graph, sequence, start, end) : null;
      if (piece !== null) runs.push(piece);
      start = end;
    }
  }
  return runs;
}

function follows(sequence: readonly Region[], at: number): boolean {
  const [one, other] = [sequence[at - 1] as Region, sequence[at] as Region];
  if (one.parts.size > 1 || other.parts.size > 1) return false;
  return repeatable(one.exit) && repeatable(other.exit) && sameBlock(one.exit, other.exit);
}

const repeatable = (part: Part): boolean => isBlock(part) && part.repeat === 1 && part.def?.inputs.length === 1;

const sameBlock = (a: Part, b: Part): boolean =>
  contentOf(a) === contentOf(b) && a.frozen === b.frozen && JSON.stringify(a.outputs) === JSON.stringify(b.outputs);
