import type { CheckedGraph } from '../check/checkedGraph.ts';
import { type SafeTensor, writeSafetensors } from '../graph/safetensors.ts';
import { type Floats, type ProofVector, parameterCount, proofTensors } from '../python/proof.ts';
import { checkScript } from './checkScript.ts';
import { type KerasModel, kerasModel } from './model.ts';
import { readmeText } from './readme.ts';
import { kerasTensor } from './weights.ts';

export interface KerasProject {
  readonly model: KerasModel;
  readonly parameters: number;
  /** Contents of the files by their paths. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** The network as a project of Keras 3. `weights`: parameters and buffers by their names in Netloom. */
export function kerasProject(graph: CheckedGraph, weights: Floats, proof: ProofVector): KerasProject {
  const model = kerasModel(graph);
  const parameters = parameterCount([...model.layers.values()].map(({ node }) => node));
  const texts = {
    'model.py': model.source,
    'check.py': checkScript(parameters),
    'requirements.txt': 'keras>=3.8\nnumpy>=1.26\nsafetensors>=0.4\n',
    'README.md': readmeText(graph, model),
  };
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [path, text] of Object.entries(texts)) files.set(path, new TextEncoder().encode(text));
  files.set('weights.safetensors', writeSafetensors(kerasWeights(model, weights)));
  files.set('proof.safetensors', writeSafetensors(proofTensors(proof)));
  return { model, parameters, files };
}

/** The weights by the names of layers and variables in Keras. */
function kerasWeights({ layers }: KerasModel, weights: Floats): Map<string, SafeTensor> {
  const tensors = new Map<string, SafeTensor>();
  for (const [path, { name, node }] of layers) {
    for (const key of Object.keys({ ...node.params, ...node.buffers })) {
      const found = weights.get(`${path}/${key}`);
      if (found === undefined) throw new Error(`there is no weight '${path}/${key}'`);
      const { variable, shape, data } = kerasTensor(node, key, found);
      tensors.set(`${name}.${variable}`, { dtype: 'F32', shape, data });
    }
  }
  return tensors;
}
