import { templateOf } from '../../../templates/index.ts';
import type { Config, NetworkDocument } from '../../graph/document.ts';
import { emptyDocument } from '../../graph/document.ts';
import { defaultOptimizers, defaultRecipe, type OptimizerConfig, type Recipe } from '../../graph/recipe.ts';

export type Row = readonly [layer: string, config?: Config];

/** A chain of layers, each named after its type and position. */
export function chain(rows: readonly Row[], recipe: Partial<Recipe> = {}): NetworkDocument {
  const nodes = rows.map(([layer, config = {}], i) => ({
    id: `${layer}${i}`,
    layer,
    name: `${layer}${i}`,
    config,
    position: { x: 0, y: 100 * i },
  }));
  const edges = nodes.slice(1).map(({ id }, i) => {
    const [from, to] = [
      { node: nodes[i]?.id ?? '', port: 'y' },
      { node: id, port: 'x' },
    ];
    return { id: `${from.node}.y>${to.node}.x`, from, to };
  });
  return { ...emptyDocument, nodes, edges, recipe: { ...defaultRecipe, ...recipe } };
}

export const sgd = (learningRate: number, momentum = 0): OptimizerConfig => ({
  ...defaultOptimizers.sgd,
  learningRate,
  momentum,
});
export const adam = (learningRate: number): OptimizerConfig => ({ ...defaultOptimizers.adam, learningRate });

/** Fully connected layers of these widths, each followed by the layers `behind`. */
export const hidden = (widths: readonly number[], behind: readonly Row[] = [['relu']]): Row[] =>
  widths.flatMap((outFeatures): Row[] => [['linear', { outFeatures }], ...behind]);

export const classes = (count: number): Row[] => [
  ['linear', { outFeatures: count }],
  ['classifier', { classes: count }],
];

/** A classifier of ten classes with label smoothing. */
export const smoothed = (labelSmoothing: number): Row[] => [
  ['linear', { outFeatures: 10 }],
  ['classifier', { classes: 10, labelSmoothing }],
];

export const templateDocument = (id: string, change: Partial<Recipe>): NetworkDocument => {
  const document = templateOf(id)?.document as NetworkDocument;
  return { ...document, recipe: { ...document.recipe, ...change } };
};

/** Images → convolution → hidden layer → classes. */
export const shapeImage: Row[] = [['input', { shape: [1, 12, 12] }]];
export const small = (behind: readonly Row[]): Row[] => [
  ...shapeImage,
  ['conv2d', { outChannels: 8, kernelSize: [3, 3] }],
  ...behind,
  ['maxPool2d', { kernelSize: [2, 2] }],
  ['flatten'],
  ...hidden([48]),
  ...classes(10),
];
export const flatImages: Row[] = [...shapeImage, ['flatten']];
export const point: Row[] = [['input', { shape: [2] }]];
