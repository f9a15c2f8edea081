import type { TransformStep } from '../graph/document.ts';
import { readConfig } from '../layers/config.ts';
import { literal, type PyValue } from '../python/values.ts';
import { transformOf } from '../transforms/index.ts';

type Params = Readonly<Record<string, PyValue>>;

/** Parameters of which one number may stand for a list. */
const numberOf = (value: PyValue): PyValue =>
  Array.isArray(value) && value.length === 1 ? (value[0] as PyValue) : value;

/** Methods of torchvision by the names in documents. */
const MODES: Readonly<Record<string, string>> = {
  nearest: 'NEAREST',
  bilinear: 'BILINEAR',
  bicubic: 'BICUBIC',
  box: 'BOX',
};

/** Parameters that stay lists, even of one number: one per channel. */
const LISTS = ['mean', 'std', 'size', 'scale', 'ratio', 'translate'];

const constructed = (type: string, params: Params): string => {
  const args = Object.entries(params).map(([name, value]) => {
    if (name === 'interpolation') return `interpolation=v2.InterpolationMode.${MODES[String(value)]}`;
    if (name === 'num_output_channels') return `${name}=${Number(value)}`;
    const isList = Array.isArray(value) && LISTS.includes(name);
    const text = isList ? `[${(value as readonly PyValue[]).map(literal).join(', ')}]` : literal(numberOf(value));
    return `${name}=${text}`;
  });
  return `v2.${type}(${args.join(', ')})`;
};

/** Steps that Netloom computes as Pillow does; the tensors of torchvision round otherwise. */
const ON_PIL = ['Resize', 'RandomResizedCrop'];

/** torchvision adds noise to floating-point numbers only. */
const ON_FLOATS = ['GaussianNoise'];

/** A step of the transforms as an expression of torchvision. Images are uint8 until Normalize. */
function stepText({ type, on: _, ...given }: TransformStep): string {
  const transform = transformOf(type);
  if (transform === undefined) throw new Error(`transform '${type}' is unknown`);
  const text = constructed(type, readConfig(transform.params, given).config as Params);
  if (type === 'Normalize') return `to_float, ${text}`;
  if (ON_PIL.includes(type)) return `on_pil(${text})`;
  if (ON_FLOATS.includes(type)) return `to_float, ${text}, v2.ToDtype(torch.uint8, scale=True)`;
  return text;
}

/** The steps of training or prediction, one per line; the result is float32 from 0 to 1, or normalized. */
function composed(steps: readonly TransformStep[]): string {
  const texts = steps.map(stepText);
  const isNormalized = steps.some(({ type }) => type === 'Normalize');
  const lines = [...texts, ...(isNormalized ? [] : ['to_float'])].map((line) => `    ${line},\n`);
  return `v2.Compose([\n${lines.join('')}])`;
}

/** Source of the transforms in data.py. */
export function transformsSource(steps: readonly TransformStep[]): string {
  const fixed = steps.filter(({ type }) => transformOf(type)?.random === false);
  const training = composed(steps);
  const prediction = composed(fixed);
  const pil = steps.some(({ type }) => ON_PIL.includes(type))
    ? `def on_pil(transform):
    """Images are resized as Pillow does it."""
    return v2.Compose([v2.ToPILImage(), transform, v2.PILToTensor()])


`
    : '';
  return `${pil}# Bytes of 0 to 255 become floats of 0 to 1.
to_float = v2.ToDtype(torch.float32, scale=True)
TRAINING = ${training}
# Random transforms run in training only.
PREDICTION = ${prediction}
`;
}
