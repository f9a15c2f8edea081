import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isTop, type LayerRepair } from './repair.ts';

type Drawn = Pick<Patient, 'nodes' | 'recipe'>;

/** Batches from which statistics say something of the data. */
const ENOUGH_FOR_NORM = 8;

const squashing = ({ nodes }: Drawn) =>
  nodes.filter((node) => (node.layer.type === 'sigmoid' || node.layer.type === 'tanh') && isTop(node));

const kaimingWeights = ({ nodes }: Drawn): LayerRepair[] =>
  nodes
    .filter((node) => 'weightInit' in node.layer.config && isTop(node))
    .map(({ node }) => ({ kind: 'set', node: node.id, key: 'weightInit', value: 'kaimingNormal' }));

/** Sigmoid and tanh become ReLU, with the weights that suit it. */
export function reluInstead(patient: Drawn): Repair[] {
  const become = squashing(patient).map(({ node }): LayerRepair => ({ kind: 'become', node: node.id, layer: 'relu' }));
  if (become.length === 0) return [];
  return [
    {
      title: {
        en: 'Replace sigmoid and tanh by ReLU, weights by Kaiming',
        zh: '把 sigmoid 和 tanh 换成 ReLU，权重用 Kaiming 初始化',
      },
      layers: [...become, ...kaimingWeights(patient)],
    },
  ];
}

export function leakyInstead({ nodes }: Drawn): Repair[] {
  const relus = nodes.filter((node) => node.layer.type === 'relu' && isTop(node));
  if (relus.length === 0) return [];
  return [
    {
      title: { en: 'Replace ReLU by LeakyReLU', zh: '把 ReLU 换成 LeakyReLU' },
      layers: relus.map(({ node }) => ({ kind: 'become', node: node.id, layer: 'leakyRelu' })),
    },
  ];
}

/** Before each activation, where the network has no normalisation yet and batches are large enough. */
export function batchNorms({ nodes, recipe }: Drawn): Repair[] {
  if (recipe.batchSize < ENOUGH_FOR_NORM || nodes.some(({ layer }) => layer.category === 'normalisation')) return [];
  const layers = nodes
    .filter((node) => node.layer.category === 'activation' && isTop(node))
    .flatMap(({ node, outputs }): LayerRepair[] => {
      const rank = Object.values(outputs)[0]?.length;
      if (rank !== 1 && rank !== 3) return [];
      return [{ kind: 'before', node: node.id, layers: [{ layer: rank === 1 ? 'batchNorm1d' : 'batchNorm2d' }] }];
    });
  if (layers.length === 0) return [];
  return [
    {
      title: { en: 'Insert batch norm before each activation', zh: '在每个激活函数前插入批量规范化' },
      layers,
    },
  ];
}

export function kaiming(patient: Drawn): Repair[] {
  const layers = kaimingWeights(patient);
  if (layers.length === 0) return [];
  return [{ title: { en: 'Draw the weights by Kaiming', zh: '权重改用 Kaiming 初始化' }, layers }];
}

/** Batch norm behind the input brings every channel to mean 0 and variance 1. */
export function normalisedInputs({ nodes }: Drawn): Repair[] {
  const inputs = nodes.filter(({ layer }) => layer.inputsOf === undefined && layer.inputs.length === 0);
  return inputs.flatMap(({ node, outputs }): Repair[] => {
    const rank = Object.values(outputs)[0]?.length;
    if (rank !== 1 && rank !== 3) return [];
    const layer = rank === 1 ? 'batchNorm1d' : 'batchNorm2d';
    return [
      {
        title: { en: `Insert batch norm behind '${node.name}'`, zh: `在“${node.name}”之后插入批量规范化` },
        layers: [{ kind: 'behind', node: node.id, layers: [{ layer }] }],
      },
    ];
  });
}
