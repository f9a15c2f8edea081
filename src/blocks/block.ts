import type { BlockBody } from '../graph/document.ts';
import type { ConfigOf, ConfigSchema } from '../layers/config.ts';
import type { Drawing } from '../layers/drawing.ts';
import type { Problem, Shape } from '../layers/layer.ts';
import type { Text } from '../text.ts';

/** A drawn inside, or why there is none for such inputs. */
export type Drawn = BlockBody | { readonly problems: readonly Problem[] };

/**
 * A kind of block: a config and a function that draws the network inside. A new block is one new file and one line in
 * `index.ts`; what is said of layers (src/layers/layer.ts) holds for the fields of the same names.
 */
export interface BlockDef<S extends ConfigSchema = ConfigSchema> {
  readonly type: string;
  readonly title: Text;
  readonly category: 'blocks';
  /** Shown to users: what it computes, its shapes, when to use it. */
  readonly doc: Text;
  /** Where it comes from: authors, year, title; null where there is no one paper. */
  readonly paper: string | null;
  readonly stem: string;
  readonly icon: Drawing;
  readonly config: S;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  summary(config: ConfigOf<S>): Text;
  /** The inside for inputs of these shapes. Called only with shapes for all inputs and a valid config. */
  draw(config: ConfigOf<S>, x: Readonly<Record<string, Shape>>): Drawn;
  readonly featuresKey?: string;
}

/** Checks a definition's types against its own config schema, then forgets the schema so that blocks can be listed. */
export const defineBlock = <S extends ConfigSchema>(def: BlockDef<S>): BlockDef => def as unknown as BlockDef;
