import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { factsOf } from '../../../src/data/known.ts';
import { sampleEntry } from '../../../src/data/prepared.ts';
import type { ImageConfig } from '../../../src/graph/document.ts';
import { shapeText } from '../../../src/layers/config.ts';
import type { Message } from '../../ui/i18n/i18n.ts';

/** Type of a sample for a network with a single input. Its shape is that before the transforms, which the engine runs. */
export type NetworkInput =
  | {
      readonly kind: 'image';
      readonly shape: readonly number[];
      /** How the images of the dataset were given their size; null where they were not files. */
      readonly fit: ImageConfig['fit'] | null;
    }
  | { readonly kind: 'numbers'; readonly shape: readonly number[]; readonly count: number }
  /** Samples of the dataset can be shown, but there is no editor for this shape. */
  | { readonly kind: 'other'; readonly shape: readonly number[] }
  | { readonly kind: 'none'; readonly why: Message };

/** Max number of features with sliders. */
const MOST_NUMBERS = 12;

export function networkInput({ graph }: Pick<CheckResult, 'graph'>): NetworkInput {
  if (graph === null) return { kind: 'none', why: { key: 'predict.errors' } };
  const inputs = graph.nodes.filter(({ layer }) => layer.inputsOf === undefined && layer.inputs.length === 0);
  const takes = Object.values(inputs[0]?.outputs ?? {})[0];
  if (takes === undefined) return { kind: 'none', why: { key: 'predict.noInput' } };
  if (inputs.length > 1) return { kind: 'none', why: { key: 'predict.inputs', values: { count: inputs.length } } };
  const { data } = graph.document;
  const { shape } = sampleEntry(data, factsOf(data), takes);
  const [channels = 0, height = 0, width = 0] = shape;
  if (shape.length === 3 && (channels === 1 || channels === 3) && height > 1 && width > 1) {
    return { kind: 'image', shape, fit: graph.document.data.image?.fit ?? null };
  }
  const count = shape.reduce((all, axis) => all * axis, 1);
  return shape.length === 1 && count <= MOST_NUMBERS ? { kind: 'numbers', shape, count } : { kind: 'other', shape };
}

/** Reason why the drawing pad does not support this network; null if it does. */
export function padProblem(check: Pick<CheckResult, 'graph'>): Message | null {
  const input = networkInput(check);
  if (input.kind === 'none') return input.why;
  const { shape } = input;
  return input.kind === 'image' && shape[0] === 1
    ? null
    : { key: 'predict.shape', values: { shape: shapeText(shape) } };
}
