import type { Text } from '../text.ts';
import type { Edit } from './edits.ts';

/** An offered repair: applying `edits` in order mends the problem, as one undoable step. */
export interface Fix {
  readonly title: Text;
  readonly edits: readonly Edit[];
  /** Offered only where none before it helps. */
  readonly fallback?: true;
}

/** A problem in the user's network, as a value: what happened, where, and how to mend it. */
export interface Diagnostic {
  /** An error stops everything; a warning tells of a likely mistake; a hint of an improvement. */
  readonly severity: 'error' | 'warning' | 'hint';
  /** Of a warning: the network can be exported, but not trained on its data. */
  readonly stops?: 'training';
  /** Stable, kebab-case; scripts depend on it. */
  readonly code: string;
  /** Id of the node, or null when the whole document is meant. */
  readonly node: string | null;
  /** Name of the input or output port, or the key of the config field (`config.padding`). */
  readonly port: string | null;
  readonly message: Text;
  /** Best first. */
  readonly fixes: readonly Fix[];
  /** Where `node` is a block and the problem inside it. */
  readonly inside?: InsideBlock;
}

/** A place inside a block. */
export interface InsideBlock {
  /** Ids from the block on down to the node that has the problem; a copy of a repeated block is its number. */
  readonly path: readonly string[];
  /** Name of the innermost block, as a path: `stage2/block1`. */
  readonly block: string;
  /** Name of what has the problem, as a path: `stage2/block1/conv1`, or that of the block. */
  readonly name: string;
  /** The message without the name of the block. */
  readonly message: Text;
}
