import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { NetworkDocument } from '../../graph/document.ts';
import { avgPool2d } from '../../layers/avgPool2d.ts';
import { outputFor } from '../../layers/index.ts';
import { reshape } from '../../layers/reshape.ts';
import { zeroPad2d } from '../../layers/zeroPad2d.ts';
import type { CaseGraph } from './cases.ts';
import { drawDocument } from './draw.ts';

/** The used fields of a network in testdata/networks.json; shapes are without the batch axis. */
const network = z.object({
  id: z.string(),
  name: z.string(),
  input_shape: z.array(z.int().positive()),
  output_shape: z.array(z.int().positive()),
  totals: z.object({ params: z.int(), macs: z.int() }),
  layers: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      hyperparameters: z.record(z.string(), z.unknown()),
      inputs: z.array(z.string()),
      output_shape: z.array(z.int().positive()),
      params: z.int(),
      macs: z.int(),
    }),
  ),
});
export type ReferenceNetwork = z.infer<typeof network>;
type Layer = ReferenceNetwork['layers'][number];
type CaseNode = CaseGraph['nodes'][number];

/** Name of the input in the file. */
const INPUT = 'input';

/** Reads the networks of a file such as testdata/networks.json. */
export async function readNetworks(path: string | URL): Promise<readonly ReferenceNetwork[]> {
  return z.object({ networks: z.array(network) }).parse(JSON.parse(await readFile(path, 'utf8'))).networks;
}

const nodes = (layer: Layer): CaseNode[] => {
  const { name, type, inputs, hyperparameters } = layer;
  if (type === 'ZeroPadShortcut') return zeroPadShortcut(layer);
  const { kernel, ...hyper } = hyperparameters;
  return [{ name, kind: type, inputs, hyper: kernel === undefined ? hyper : { ...hyper, kernel_size: kernel } }];
};

/**
 * A shortcut that takes every second position and pads the channels with zeros: channels are reshaped to rows for the
 * padding.
 */
function zeroPadShortcut({
  name,
  inputs,
  hyperparameters,
  output_shape: [channels, height, width],
}: Layer): CaseNode[] {
  const { stride, pad_before: before, pad_after: after } = hyperparameters as Record<string, number>;
  const window = { kernel_size: [1, 1], stride: [stride, stride], padding: [0, 0] };
  const [rows, cells] = [channels - before - after, height * width];
  return [
    { name: `${name}.pick`, kind: avgPool2d.type, inputs, hyper: window },
    { name: `${name}.rows`, kind: reshape.type, inputs: [`${name}.pick`], hyper: { shape: [1, rows, cells] } },
    { name: `${name}.pad`, kind: zeroPad2d.type, inputs: [`${name}.rows`], hyper: { padding: [0, 0, before, after] } },
    { name, kind: reshape.type, inputs: [`${name}.pad`], hyper: { shape: [channels, height, width] } },
  ];
}

/** The network as a document with a classifier as output. Layers keep their names. */
export function drawNetwork(
  { name, input_shape, layers, output_shape }: ReferenceNetwork,
  change: Partial<NetworkDocument> = {},
): NetworkDocument {
  const graph: CaseGraph = {
    inputs: { [INPUT]: [1, ...input_shape] },
    nodes: layers.flatMap(nodes),
    outputs: [layers.at(-1)?.name ?? INPUT],
  };
  const end = { layer: outputFor('class').type, config: { classes: output_shape[0] } };
  return drawDocument(graph, [end], { name, ...change });
}
