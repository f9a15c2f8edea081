import { expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { initialParameters } from '../compile/initialize.ts';
import { labeledImages } from '../data/dataset.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { random } from '../random/philox.ts';
import { toy } from './doctor/datasets.ts';
import { adam, chain, classes, hidden } from './doctor/networks.ts';
import { examine } from './examine.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE } from './session.ts';
import { weightsSha256 } from './weights.ts';

const drawn = (document: NetworkDocument) => {
  const graph = checkedGraph(document);
  return { graph, weights: initialParameters(graph, 1), device: CPU_DEVICE };
};

it('measures the same every time and does not change the weights', async () => {
  const rows = [
    ['input', { shape: [2] }],
    ...hidden([16], [['batchNorm1d'], ['relu'], ['dropout']]),
    ...classes(2),
  ] as const;
  const patient = { ...drawn(chain(rows, { optimizer: adam(0.01) })), data: toy('moons') };
  const before = weightsSha256(patient.weights);
  const [first, second] = [await examine(patient), await examine(patient)];
  expect({ ...second, seconds: 0 }).toEqual({ ...first, seconds: 0 });
  expect(weightsSha256(patient.weights)).toBe(before);
  expect(first.network?.parameters.map(({ name }) => name)).toEqual([
    'linear1/weight',
    'linear1/bias',
    'batchNorm1d2/weight',
    'batchNorm1d2/bias',
    'linear5/weight',
    'linear5/bias',
  ]);
  expect(first.network?.trials[0]?.loss).toBeLessThan(first.network?.trainingLoss as number);
});

it('excludes the parameters of frozen layers', async () => {
  const document = chain([['input', { shape: [2] }], ...hidden([8]), ...classes(2)]);
  const nodes = document.nodes.map((node) => (node.id === 'linear1' ? { ...node, frozen: true } : node));
  const { network } = await examine({ ...drawn({ ...document, nodes }), data: toy('moons') });
  expect(network?.parameters.map(({ node }) => node)).toEqual(['linear3', 'linear3']);
});

it('examines only the dataset if the network is too large', async () => {
  const document = templateOf('vgg11_d2l')?.document as NetworkDocument;
  const { outputs } = checkedGraph(document).nodes[0] ?? {};
  const [shape = []] = Object.values(outputs ?? {});
  const size = shape.reduce((a, b) => a * b, 1);
  const rng = random(1, 'large');
  const images = Uint8Array.from({ length: 30 * size }, () => rng.below(256));
  const data = labeledImages(
    'large',
    shape,
    images,
    Uint8Array.from({ length: 30 }, (_, i) => i % 10),
  );
  const { graph, device } = { graph: checkedGraph(document), device: CPU_DEVICE };
  const examination = await examine({ graph, data, weights: new Map(), device });
  expect(examination.network).toBeNull();
  expect(examination.data.classes?.train.length).toBe(10);
});
