import type { CheckedNode } from '../check/checkedGraph.ts';
import { batchNorm1d } from '../layers/batchNorm1d.ts';
import { batchNorm2d } from '../layers/batchNorm2d.ts';
import type { LayerDef, Saturation } from '../layers/layer.ts';
import { leakyRelu } from '../layers/leakyRelu.ts';
import { relu } from '../layers/relu.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isTopLevel, type LayerRepair } from './repair.ts';

type Repairable = Pick<Patient, 'nodes' | 'recipe'>;

/** Min batch size for useful batch statistics. */
const ENOUGH_FOR_NORM = 8;

/** Limits at which the slope of an activation is almost 0; null if it has none. */
export const saturationOf = ({ flat }: LayerDef): Saturation | null => (typeof flat === 'object' ? flat : null);

const squashing = ({ nodes }: Repairable) =>
  nodes.filter((node) => saturationOf(node.layer) !== null && isTopLevel(node));

const kaimingWeights = ({ nodes }: Repairable): LayerRepair[] =>
  nodes
    .filter((node) => 'weightInit' in node.layer.config && isTopLevel(node))
    .map(({ node }) => ({ kind: 'set', node: node.id, key: 'weightInit', value: 'kaimingNormal' }));

/** Replaces sigmoid and tanh with ReLU and its usual initialization. */
export function reluInstead(patient: Repairable): Repair[] {
  const become = squashing(patient).map(
    ({ node }): LayerRepair => ({ kind: 'become', node: node.id, layer: relu.type }),
  );
  if (become.length === 0) return [];
  return [
    {
      title: {
        en: 'Replace sigmoid and tanh with ReLU, with Kaiming initialization',
        zh: '将 sigmoid 和 tanh 替换为 ReLU，并用 Kaiming 初始化',
      },
      layers: [...become, ...kaimingWeights(patient)],
    },
  ];
}

export function leakyInstead({ nodes }: Repairable): Repair[] {
  const relus = nodes.filter((node) => node.layer.flat === 'belowZero' && isTopLevel(node));
  if (relus.length === 0) return [];
  return [
    {
      title: { en: 'Replace ReLU with LeakyReLU', zh: '将 ReLU 替换为 LeakyReLU' },
      layers: relus.map(({ node }) => ({ kind: 'become', node: node.id, layer: leakyRelu.type })),
    },
  ];
}

/** Batch norm before each activation, if the network has no normalization yet and batches are large enough. */
export function batchNorms({ nodes, recipe }: Repairable): Repair[] {
  if (recipe.batchSize < ENOUGH_FOR_NORM || nodes.some(({ layer }) => layer.category === 'normalization')) return [];
  const layers = nodes
    .filter((node) => node.layer.category === 'activation' && isTopLevel(node))
    .flatMap(({ node, outputs }): LayerRepair[] => {
      return normFor(outputs).map((norm) => ({ kind: 'before', node: node.id, layers: [norm] }));
    });
  if (layers.length === 0) return [];
  return [
    {
      title: { en: 'Insert batch norm before each activation', zh: '在每个激活函数前插入批量规范化' },
      layers,
    },
  ];
}

export function kaiming(patient: Repairable): Repair[] {
  const layers = kaimingWeights(patient);
  if (layers.length === 0) return [];
  return [{ title: { en: 'Use Kaiming initialization', zh: '权重改用 Kaiming 初始化' }, layers }];
}

/** Batch norm after the input, which normalizes each channel to mean 0 and variance 1. */
export function normalizedInputs({ nodes }: Repairable): Repair[] {
  const inputs = nodes.filter(({ layer }) => layer.inputsOf === undefined && layer.inputs.length === 0);
  return inputs.flatMap(({ node, outputs }): Repair[] => {
    return normFor(outputs).map((norm) => ({
      title: { en: `Insert batch norm after “${node.name}”`, zh: `在“${node.name}”之后插入批量规范化` },
      layers: [{ kind: 'behind', node: node.id, layers: [norm] }],
    }));
  });
}

/** The batch norm for outputs of that shape, features or images; otherwise none. */
function normFor(outputs: CheckedNode['outputs']): { readonly layer: string }[] {
  const rank = Object.values(outputs)[0]?.length ?? 0;
  const norm = { 1: batchNorm1d, 3: batchNorm2d }[rank];
  return norm === undefined ? [] : [{ layer: norm.type }];
}
