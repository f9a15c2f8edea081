import type { Column, Samples } from '../data/batches.ts';
import type { Field } from '../data/dataset.ts';
import { stepsOn } from '../data/prepared.ts';
import type { DataConfig } from '../graph/document.ts';
import { identifier, Names } from '../python/names.ts';
import { literal } from '../python/values.ts';
import { RESERVED_NAMES } from './reserved.ts';
import { transformsSource } from './transforms.ts';

/** An array of the samples: its file, and where they come from. */
export interface ArrayFile {
  readonly path: string;
  readonly field: Field;
}

export interface DataScript {
  /** Source of data.py. */
  readonly source: string;
  readonly arrays: readonly ArrayFile[];
}

/** Arguments of data.py: the columns of the inputs, then those of the outputs. */
export interface DataColumns {
  readonly inputs: Samples['columns'];
  readonly targets: Samples['columns'];
  /** Number of scores of every output: its classes, where it predicts classes. */
  readonly scores: readonly number[];
}

/** data.py: the samples of the document as a Dataset of PyTorch. */
export function dataScript({ inputs, targets, scores }: DataColumns, data: DataConfig): DataScript {
  const names = new Names([...RESERVED_NAMES, 'indices', 'transform', 'at']);
  const attributes = new Map<Field, string>();
  for (const { field } of [...inputs, ...targets]) {
    // File names are of ASCII, for any file system.
    const wanted = identifier(identifier(field.name, 'field').replace(/[^\w]/g, ''), 'field');
    if (!attributes.has(field)) attributes.set(field, names.take(wanted));
  }
  const arrays = [...attributes].map(([field, name]) => ({ path: `data/${name}.npy`, field }));
  const loads = [...attributes.values()].map(
    (name) => `        self.${name} = np.load(FOLDER / "data" / "${name}.npy", mmap_mode="r")\n`,
  );
  const read = (column: Column): string => valueText(column, `self.${attributes.get(column.field)}[index]`);
  const isTransformed = inputs.some(({ transforms }) => transforms !== undefined);
  const tuple = (columns: readonly Column[]): string => `(${columns.map(read).join(', ')},)`;
  const mixing = mixSource({ inputs, targets, scores }, data);
  const vision = isTransformed || mixing.includes('v2.') ? 'from torchvision.transforms import v2\n' : '';
  const source = `"""The samples: arrays in data/, in the parts of split.json."""

import json
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset
${vision}
FOLDER = Path(__file__).resolve().parent
${isTransformed ? `\n\n${transformsSource(stepsOn(data))}` : ''}

def tensor(values):
    return torch.from_numpy(np.array(values))


class Samples(Dataset):
    """One part of the split: train, validation or test. A sample is a tuple of inputs and one of targets."""

    def __init__(self, part: str, training: bool = False):
        self.indices = json.loads((FOLDER / "split.json").read_text(encoding="utf-8"))[part]
${isTransformed ? '        self.transform = TRAINING if training else PREDICTION\n' : ''}${loads.join('')}
    def __len__(self):
        return len(self.indices)

    def __getitem__(self, i):
        return self.at(self.indices[i])

    def at(self, index: int):
        """The sample with this index in the whole dataset."""
        return ${tuple(inputs)}, ${tuple(targets)}


${mixing}`;
  return { source, arrays };
}

/** The value of a column for one sample, as Netloom feeds it. */
function valueText({ field, dtype, shape, transforms }: Column, at: string): string {
  if (dtype === 'int64') return `int(${at})`;
  if (transforms !== undefined) return `self.transform(tensor(${at}))`;
  const scaled =
    field.kind === 'bytes'
      ? `tensor(${at}).float() / 255`
      : field.kind === 'numbers'
        ? `tensor(${at})`
        : `tensor(${at}).float()`;
  if (shape.join() === field.shape.join()) return scaled;
  const whole = scaled.includes(' / ') ? `(${scaled})` : scaled;
  return `${whole}.reshape(${shape.join(', ')})`;
}

/** The function `mix` of data.py. */
function mixSource({ inputs, scores }: DataColumns, { mixing }: DataConfig): string {
  const signature = 'def mix(inputs, targets):\n';
  if (mixing === undefined)
    return `${signature}    """Training batches are not mixed."""\n    return inputs, targets\n`;
  const [image] = inputs;
  const alpha = literal(mixing.alpha);
  if (inputs.length === 1 && scores.length === 1 && image?.shape.length === 3) {
    return `MIXING = v2.${mixing.type}(alpha=${alpha}, num_classes=${scores[0]})


${signature}    """Mixes the samples of a training batch. Targets become probabilities."""
    image, label = MIXING(inputs[0], targets[0])
    return (image,), (label,)
`;
  }
  return `${signature}    """MixUp: a weighted mean of every sample and the one before it. Targets become probabilities."""
    share = torch.distributions.Beta(${alpha}, ${alpha}).sample()
    classes = [${scores.join(', ')}]
    targets = [torch.nn.functional.one_hot(target, count).float() for target, count in zip(targets, classes)]
    mixed = [share * value + (1 - share) * value.roll(1, 0) for value in (*inputs, *targets)]
    return tuple(mixed[: len(inputs)]), tuple(mixed[len(inputs) :])
`;
}
