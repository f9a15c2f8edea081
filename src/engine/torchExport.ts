import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { batchBuffers, type Column, fillBatch, type Samples } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { type Split, splitOf } from '../data/split.ts';
import type { DataColumns } from '../pytorch/dataScript.ts';
import { type TorchProject, torchProject } from '../pytorch/project.ts';
import { type Text, UserError } from '../text.ts';
import { dataSha256 } from './dataHash.ts';
import { endsOf, networkInput, samplesFor } from './network.ts';
import { floats, noise, PROVED, proofOf } from './projectProof.ts';
import { expectFinite } from './proof.ts';
import type { Device, Tensors } from './session.ts';

export interface TorchExportOptions {
  readonly graph: CheckedGraph;
  readonly weights: Tensors;
  /** The data of the document, or the reason that it could not be opened. */
  readonly data: Dataset | Text;
  /** Device of Netloom's evaluation. */
  readonly device: Device;
}

export interface TorchExport extends TorchProject {
  /** The reason that the project has no samples; null if it has. */
  readonly withoutData: Text | null;
}

/** The network as a project of PyTorch, with outputs of Netloom as a proof. Throws UserError for weights that are not finite. */
export async function exportTorch({ graph, weights, data, device }: TorchExportOptions): Promise<TorchExport> {
  expectFinite(weights);
  const found = usable(graph, data);
  const { inputs, outputs } = endsOf(graph);
  const scores = outputs.map((output) => Object.values(output.inputs)[0]?.[0] ?? 1);
  const columns: DataColumns =
    'samples' in found
      ? { ...columnsOf(found.samples, inputs.length), scores }
      : { inputs: inputs.map(emptyInput), targets: outputs.map(emptyTarget), scores };
  const feeds = 'samples' in found ? sampled(found.samples, found.split, inputs) : noise(inputs);
  const project = torchProject({
    graph,
    weights: floats(weights),
    columns,
    split: 'samples' in found ? found.split : null,
    dataSha256: 'samples' in found ? dataSha256(found.data, found.split.train) : null,
    proof: await proofOf(graph, weights, feeds, device),
  });
  return { ...project, withoutData: 'samples' in found ? null : found.reason };
}

interface Usable {
  readonly data: Dataset;
  readonly samples: Samples;
  readonly split: Split;
}

function usable(graph: CheckedGraph, data: Dataset | Text): Usable | { readonly reason: Text } {
  if ('en' in data) return { reason: data };
  try {
    return { data, samples: samplesFor(graph, data), split: splitOf(data, graph.document.data) };
  } catch (error) {
    if (error instanceof UserError) return { reason: error.text };
    throw error;
  }
}

const columnsOf = ({ columns }: Samples, inputs: number) => ({
  inputs: columns.slice(0, inputs),
  targets: columns.slice(inputs),
});

/** Columns of a network without fitting data: they say which arrays train.py expects. */
function emptyInput(input: CheckedNode): Column {
  const { name, shape } = networkInput(input);
  return { input: name, dtype: 'float32', shape, field: { name, kind: 'numbers', shape, data: new Float32Array() } };
}

function emptyTarget({ node: { name }, layer, config, inputs }: CheckedNode): Column {
  const { dtype, shape } = layer.output?.target(inputs, config) ?? { dtype: 'float32', shape: [] };
  if (dtype === 'int64') {
    const classes = Object.values(inputs)[0]?.[0] ?? 2;
    return {
      input: name,
      dtype,
      shape: [],
      field: { name, kind: 'classes', classes, shape: [], data: new Uint8Array() },
    };
  }
  return { input: name, dtype, shape, field: { name, kind: 'numbers', shape, data: new Float32Array() } };
}

/** The first samples of the validation set, as in prediction. */
function sampled(samples: Samples, { validation }: Split, inputs: readonly CheckedNode[]): Tensors {
  const some = { ...samples, columns: samples.columns.slice(0, inputs.length) };
  const indices = validation.slice(0, PROVED);
  return fillBatch(some, indices, batchBuffers(indices.length, some)).tensors as Tensors;
}
