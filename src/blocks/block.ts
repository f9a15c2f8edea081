import type { BlockBody } from '../graph/document.ts';
import type { ConfigOf, ConfigSchema } from '../layers/config.ts';
import type { Drawing } from '../layers/drawing.ts';
import type { Problem, Shape } from '../layers/layer.ts';
import type { Text } from '../text.ts';

/** The inside of a block, or the problems of these inputs. */
export type DrawResult = BlockBody | { readonly problems: readonly Problem[] };

/**
 * The definition of a block: a config and a function that draws the network inside. A new block is one new file and one
 * line in `index.ts`. Fields with the same names mean the same as those of layers (src/layers/layer.ts).
 */
export interface BlockDef<S extends ConfigSchema = ConfigSchema> {
  readonly type: string;
  readonly title: Text;
  readonly category: 'blocks';
  /** Help shown to users: what the block computes, its shapes, when to use it. */
  readonly doc: Text;
  /** Source paper: authors, year, title; null if there is no single one. */
  readonly paper: string | null;
  readonly stem: string;
  readonly keywords?: readonly string[];
  readonly icon: Drawing;
  readonly config: S;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  summary(config: ConfigOf<S>): Text;
  /** The inside for inputs of these shapes. Called only with shapes for all inputs and a valid config. */
  draw(config: ConfigOf<S>, x: Readonly<Record<string, Shape>>): DrawResult;
  readonly featuresKey?: string;
}

/** Checks the types of a definition against its config schema, then drops the schema's type so that blocks can be listed. */
export const defineBlock = <S extends ConfigSchema>(def: BlockDef<S>): BlockDef => def as unknown as BlockDef;
