import type { ConfigValue, NetworkDocument } from '../graph/document.ts';
import type { Field } from '../layers/config.ts';
import type { Text } from '../text.ts';

/** A hyperparameter: a value of a document that a sweep can vary. */
export interface SweepField {
  /**
   * Path of the value: `recipe.optimizer.learningRate`, `data.splitSeed`, or the name of a node and a key:
   * `conv1.outChannels`.
   */
  readonly id: string;
  /** The group of the value: a part of the training settings, or a node. */
  readonly owner: Text;
  readonly label: Text;
  /** Kind and range of the value. */
  readonly field: Field;
  /** Value in the document, or the default. */
  readonly value: ConfigValue;
  /** True if values are sampled and shown on a logarithmic scale. */
  readonly logarithmic: boolean;
}

/** The document with one value changed, or the reason that the value is not possible. */
export type FieldChange = { readonly document: NetworkDocument } | { readonly problem: Text };

export const notAllowed = (id: string, value: ConfigValue, expected: Text): Text => ({
  en: `${id} must be ${expected.en}, not ${JSON.stringify(value)}.`,
  zh: `${id} 应为${expected.zh}，而不是 ${JSON.stringify(value)}。`,
});
