import type { NetworkDocument } from '../graph/document.ts';
import type { ArrayFile } from './dataScript.ts';
import type { TorchModel } from './model.ts';

export interface ReadmeFacts {
  readonly document: NetworkDocument;
  readonly model: TorchModel;
  readonly arrays: readonly ArrayFile[];
  readonly hasData: boolean;
}

/** README.md of a project. */
export function readmeText({ document, model, arrays, hasData }: ReadmeFacts): string {
  const name = document.name.trim() === '' ? model.name : document.name;
  const data = hasData
    ? 'The arrays are those that Netloom trains on. They contain the samples: delete data/ before you pass the project on, if they are private.'
    : `The data of the document does not fit this network, so data/ is empty. Write these arrays with numpy.save, [samples, …] each, and split.json with the indices of each part, {"train": […], "validation": […], "test": […]}:

${arrays.map(({ path, field }) => `- ${path}: ${field.kind === 'numbers' ? 'float32' : 'uint8'} [samples${field.shape.map((size) => `, ${size}`).join('')}]`).join('\n')}`;
  return `# ${name}

This network was drawn in Netloom. The project needs PyTorch 2.4 or later: \`pip install -r requirements.txt\`

    python check.py                          compares the outputs with those of Netloom
    python train.py                          trains on the GPU if there is one, else on the CPU
    torchrun --nproc-per-node 2 train.py     trains in two processes (DistributedDataParallel)
    python train.py --resume                 continues after the last finished epoch
    python train.py --amp                    mixed precision
    netloom import . -o trained.netloom      brings weights and curves back into the drawing

| file | contents |
| --- | --- |
| model.py | the network: class \`${model.name}\` |
| recipe.py | loss, optimizer, schedule, clipping, initial weights |
| data.py, data/, split.json | samples, transforms, and the indices of each part |
| train.py | training; results are in runs/ |
| weights.safetensors | the weights, by the names of \`state_dict\` |
| check.py, proof.safetensors | inputs, and the outputs that Netloom computed for them |
| network.json, names.json | the drawing, and the names of its tensors: needed for the way back |

${data}

Training has the settings of the document and the same samples in each part. Random numbers come from PyTorch: the order of
the samples, dropout and random transforms differ from those of a run in Netloom. With several processes, the batch size is
that of all together, and batch normalization takes the share of one process. A resumed run ends with the results of an
uninterrupted one.
`;
}
