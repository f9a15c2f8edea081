import { expect, it } from 'vitest';
import { check } from '../../check/check.ts';
import { drawNetwork, readNetworks } from './networks.ts';

const networks = await readNetworks(new URL('../../../testdata/networks.json', import.meta.url));
const named = (id: string) => networks.find((network) => network.id === id)!;

it.each([
  'lenet_modern',
  'vgg11_d2l',
  'googlenet_d2l_bn',
  'resnet18_d2l_cifar',
  'resnet20_cifar',
  'resnet152',
])('%s has the shapes, parameters and MACs of the file', (id) => {
  const network = named(id);
  const { nodes, totals, diagnostics } = check(drawNetwork(network));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(totals).toMatchObject({ params: network.totals.params, macs: network.totals.macs });
  const byName = new Map([...nodes.values()].map((node) => [node.name, node]));
  for (const { name, output_shape, params, macs } of network.layers) {
    const drawn = byName.get(name);
    expect({ name, shape: drawn?.outputs.y, params: drawn?.params, macs: drawn?.macs }).toEqual({
      name,
      shape: output_shape,
      params,
      macs,
    });
  }
});
