import type { ElementType } from '../graph/document.ts';
import type { ModelProto, ValueInfoProto } from '../onnx/gen/onnx_pb.ts';
import { elementTypeOf } from '../onnx/opset.ts';

/** An input of a model. A size that the model leaves open is a name. */
export interface ModelInput {
  readonly name: string;
  /** Null for an input that is no tensor. */
  readonly dtype: ElementType | null;
  readonly dims: readonly (number | string)[];
}

/** The inputs that a user has to give: those without an initializer. */
export function inputsOf({ graph }: ModelProto): readonly ModelInput[] {
  const given = new Set(graph?.initializer.map(({ name }) => name));
  return (graph?.input ?? []).filter(({ name }) => !given.has(name)).map(inputOf);
}

function inputOf({ name, type }: ValueInfoProto): ModelInput {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const dims = (tensor?.shape?.dim ?? []).map(({ value }, axis) => {
    if (value.case === 'dimValue' && value.value >= 0n) return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : `${name}[${axis}]`;
  });
  return { name, dtype: elementTypeOf(tensor?.elemType ?? 0) ?? null, dims };
}

/** A size that the model leaves open, and the size chosen for it. */
export interface ChosenSize {
  readonly name: string;
  readonly size: number;
  /** False for a size that the user gave. */
  readonly assumed: boolean;
}

/** Sizes that are assumed where the user gives none: height and width of an image, and the length of everything else. */
export interface UsualSizes {
  readonly image: number;
  readonly length: number;
}

/** Assumed one after the other, until the model runs. */
export const usualSizes: readonly UsualSizes[] = [
  { image: 224, length: 16 },
  { image: 32, length: 1 },
  { image: 256, length: 128 },
  { image: 299, length: 256 },
  { image: 64, length: 512 },
  { image: 28, length: 16_000 },
];

/**
 * Sizes for the open axes of the inputs, except those of the batch. `given`: sizes by name. `batchAxis`: the name of the axis of
 * the batch, if it has one.
 */
export function chooseSizes(
  inputs: readonly ModelInput[],
  given: Readonly<Record<string, number>>,
  batchAxis: string | null,
  usual: UsualSizes,
): readonly ChosenSize[] {
  const chosen = new Map<string, ChosenSize>();
  // An open batch has the size that other inputs have. The state of a recurrent model has it at its second axis.
  const isState = ({ dims }: ModelInput): boolean =>
    dims.length === 3 && dims.every((size, axis) => (typeof size === 'string') === (axis === 1));
  const known = inputs.filter((input) => !isState(input)).map(({ dims }) => dims[0]);
  const batch = known.find((size) => typeof size === 'number') ?? 1;
  for (const input of inputs) {
    const { dims, dtype } = input;
    const batchAt = isState(input) ? 1 : 0;
    for (const [axis, dim] of dims.entries()) {
      if (typeof dim === 'number' || dim === batchAxis || chosen.has(dim)) continue;
      const size = Object.hasOwn(given, dim) ? given[dim] : undefined;
      const image = dtype === 'float32' && dims.length === 4;
      const assumed = axis === batchAt ? batch : image && axis === 1 ? 3 : image ? usual.image : usual.length;
      chosen.set(dim, { name: dim, size: size ?? assumed, assumed: size === undefined });
    }
  }
  return [...chosen.values()];
}
