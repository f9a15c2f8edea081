import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { sampleEntries } from '../../../src/data/sampleEntries.ts';
import type { ImageConfig } from '../../../src/graph/document.ts';
import { shapeText } from '../../../src/layers/config.ts';
import type { Message } from '../../ui/i18n/i18n.ts';

/** Type of a sample for a network. Shapes are those before the transforms, which the engine runs. */
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
  /** Several inputs, whose values are given one input after the other; `shape` counts them all. */
  | {
      readonly kind: 'several';
      readonly shape: readonly number[];
      readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
    }
  | { readonly kind: 'none'; readonly why: Message };

const elementCount = (shape: readonly number[]): number => shape.reduce((all, axis) => all * axis, 1);

/** Max number of features with sliders. */
const MOST_NUMBERS = 12;

export function networkInput({ graph }: Pick<CheckResult, 'graph'>): NetworkInput {
  if (graph === null) return { kind: 'none', why: { key: 'predict.errors' } };
  const inputs = graph.nodes.filter(({ layer }) => layer.inputsOf === undefined && layer.inputs.length === 0);
  const entries = sampleEntries(
    graph.document.data,
    inputs.map(({ node, outputs }) => ({ name: node.name, shape: Object.values(outputs)[0] ?? [] })),
  );
  const [first] = entries;
  if (first === undefined) return { kind: 'none', why: { key: 'predict.noInput' } };
  if (entries.length > 1) {
    const shape = [entries.reduce((sum, entry) => sum + elementCount(entry.shape), 0)];
    return { kind: 'several', shape, inputs: entries.map(({ name, shape }) => ({ name, shape })) };
  }
  const { shape } = first;
  const [channels = 0, height = 0, width = 0] = shape;
  if (shape.length === 3 && (channels === 1 || channels === 3) && height > 1 && width > 1) {
    return { kind: 'image', shape, fit: graph.document.data.image?.fit ?? null };
  }
  const count = elementCount(shape);
  return shape.length === 1 && count <= MOST_NUMBERS ? { kind: 'numbers', shape, count } : { kind: 'other', shape };
}

/** Reason why the drawing pad does not support this network; null if it does. */
export function padProblem(check: Pick<CheckResult, 'graph'>): Message | null {
  const input = networkInput(check);
  if (input.kind === 'none') return input.why;
  if (input.kind === 'several') return { key: 'predict.inputs', values: { count: input.inputs.length } };
  const { shape } = input;
  return input.kind === 'image' && shape[0] === 1
    ? null
    : { key: 'predict.shape', values: { shape: shapeText(shape) } };
}
