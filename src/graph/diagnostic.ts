import type { Text } from '../text.ts';
import type { Edit } from './edits.ts';

/** A fix: applying `edits` in order solves the problem, as one undo step. */
export interface Fix {
  readonly title: Text;
  readonly edits: readonly Edit[];
  /** Offered only if no fix before it helps. */
  readonly fallback?: true;
}

/** A problem in the user's network, as a value: what happened, where, and how to fix it. */
export interface Diagnostic {
  /** An error prevents training and export; a warning is a likely mistake; a hint is a possible improvement. */
  readonly severity: 'error' | 'warning' | 'hint';
  /** For a warning: the network can be exported, but not trained on its dataset. */
  readonly stops?: 'training';
  /** Stable, kebab-case; scripts depend on it. */
  readonly code: string;
  /** Id of the node; null for the whole document. */
  readonly node: string | null;
  /** Name of the input or output port, or key of the setting (`config.padding`). */
  readonly port: string | null;
  readonly message: Text;
  /** Fixes, best first. */
  readonly fixes: readonly Fix[];
  /** Position of the problem inside the block, if `node` is a block. */
  readonly inside?: InsideBlock;
}

/** Position of a problem inside a block. */
export interface InsideBlock {
  /** Ids from the block down to the node with the problem; copies of a repeated block are given by number. */
  readonly path: readonly string[];
  /** Name of the innermost block, as a path: `stage2/block1`. */
  readonly block: string;
  /** Name of the node with the problem, as a path: `stage2/block1/conv1`, or that of the block. */
  readonly name: string;
  /** The message without the name of the block. */
  readonly message: Text;
}
