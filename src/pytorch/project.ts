import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Split } from '../data/split.ts';
import { writeDocument } from '../graph/file.ts';
import { type SafeTensor, writeSafetensors } from '../graph/safetensors.ts';
import { type Floats, type ProofVector, parameterCount, proofTensors } from '../python/proof.ts';
import { checkScript } from './checkScript.ts';
import { type DataColumns, dataScript } from './dataScript.ts';
import { type TorchModel, torchModel } from './model.ts';
import { writeNpy } from './npy.ts';
import { readmeText } from './readme.ts';
import { recipeScript } from './recipeScript.ts';
import type { TorchNames } from './trainedProject.ts';
import { trainScript } from './trainScript.ts';

export interface ProjectOptions {
  readonly graph: CheckedGraph;
  /** Parameters and buffers by their names in Netloom. */
  readonly weights: Floats;
  readonly columns: DataColumns;
  /** Samples of every part; null if the document has no data that fits its network. Then the arrays have no samples. */
  readonly split: Split | null;
  readonly dataSha256: string | null;
  readonly proof: ProofVector;
}

export interface TorchProject {
  readonly model: TorchModel;
  readonly parameters: number;
  /** Contents of the files by their paths. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** The network as a project of PyTorch. */
export function torchProject(options: ProjectOptions): TorchProject {
  const { graph, weights, columns, split, dataSha256, proof } = options;
  const { document, nodes } = graph;
  const model = torchModel(graph);
  const recipe = recipeScript(graph, model);
  const data = dataScript(columns, document.data);
  const parameters = parameterCount(nodes);
  const names: TorchNames = {
    format: 'netloom-pytorch',
    version: 1,
    tensors: Object.fromEntries(model.keys),
    samples: split === null ? null : split.train.length,
    dataSha256,
  };
  const texts = {
    'model.py': model.source,
    'recipe.py': recipe.source,
    'data.py': data.source,
    'train.py': trainScript(model),
    'check.py': checkScript(model, parameters),
    'requirements.txt': requirements(data.source),
    'README.md': readmeText({ document, model, arrays: data.arrays, hasData: split !== null }),
    'network.json': writeDocument(document),
    'names.json': `${JSON.stringify(names, null, 1)}\n`,
    ...(recipe.groups === null ? {} : { 'parameter_groups.json': `${JSON.stringify(recipe.groups, null, 1)}\n` }),
    ...(split === null ? {} : { 'split.json': splitText(split) }),
  };
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [path, text] of Object.entries(texts)) files.set(path, new TextEncoder().encode(text));
  files.set('weights.safetensors', writeSafetensors(stateDict(model, weights)));
  files.set('proof.safetensors', writeSafetensors(proofTensors(proof)));
  if (split !== null) {
    for (const { path, field } of data.arrays) {
      const size = field.shape.reduce((a, b) => a * b, 1);
      files.set(path, writeNpy([field.data.length / size, ...field.shape], field.data));
    }
  }
  return { model, parameters, files };
}

/** The weights by PyTorch's names, with the counters of its batch normalization. */
function stateDict({ keys, counters }: TorchModel, weights: Floats): Map<string, SafeTensor> {
  const tensors = new Map<string, SafeTensor>();
  for (const [name, key] of keys) {
    const tensor = weights.get(name);
    if (tensor === undefined) throw new Error(`there is no weight '${name}'`);
    tensors.set(key, { dtype: 'F32', shape: tensor.shape, data: tensor.data });
  }
  for (const key of counters) tensors.set(key, { dtype: 'I64', shape: [], data: BigInt64Array.of(0n) });
  return tensors;
}

const splitText = ({ train, validation, test }: Split): string =>
  `${JSON.stringify({ train: [...train], validation: [...validation], test: [...test] })}\n`;

const requirements = (dataSource: string): string =>
  [
    'torch>=2.4',
    ...(dataSource.includes('torchvision') ? ['torchvision>=0.21'] : []),
    'numpy>=1.26',
    'safetensors>=0.4',
  ]
    .map((line) => `${line}\n`)
    .join('');
