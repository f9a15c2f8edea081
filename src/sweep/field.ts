import type { ConfigValue, NetworkDocument } from '../graph/document.ts';
import type { Field } from '../layers/config.ts';
import type { Text } from '../text.ts';

/** Something of a document that runs can differ in. */
export interface SweepField {
  /** `recipe.optimizer.learningRate`, `data.splitSeed`, or name and key of a node: `conv1.outChannels`. */
  readonly id: string;
  /** Whose it is: a part of the recipe, or the node. */
  readonly owner: Text;
  readonly label: Text;
  /** Kind and range. */
  readonly field: Field;
  /** What the document says, with defaults filled in. */
  readonly value: ConfigValue;
  /** Steps of it are factors: its values are best drawn and shown on a logarithmic scale. */
  readonly logarithmic: boolean;
}

/** A place of the document with another value; or why that cannot be. */
export type Changed = { readonly document: NetworkDocument } | { readonly problem: Text };

export const notAllowed = (id: string, value: ConfigValue, expected: Text): Text => ({
  en: `${id} must be ${expected.en}, not ${JSON.stringify(value)}.`,
  zh: `${id} 应为${expected.zh}，而不是 ${JSON.stringify(value)}。`,
});
