import type { OperatorDefinition, ValueType } from '../graph/document.ts';
import { BATCH, type Dim, type Dims } from '../ir/shape.ts';
import { shapeText } from '../layers/config.ts';
import type { RawTypes, Shape } from '../layers/layer.ts';

type Shapes = Readonly<Record<string, Shape>>;
/** Type of a value in a program: dims with the batch axis. */
interface Full {
  readonly dtype: ValueType['dtype'];
  readonly dims: Dims;
}

/** True for a value that layers accept: float32 with a batch axis and known sizes. */
export const isLayerValue = ({ dtype, dims, batch }: ValueType): boolean =>
  dtype === 'float32' && batch && dims.every((dim) => typeof dim === 'number');

const full = ({ dtype, dims, batch }: ValueType): Full => ({ dtype, dims: batch ? [BATCH, ...dims] : dims });

/** A type in messages: int64 N×16. */
export function typeText(type: ValueType): string {
  const { dims } = full(type);
  const shown = shapeText(dims);
  return shown === '' ? type.dtype : `${type.dtype} ${shown}`;
}

/** Type of the value at a port, from shapes and raw types. */
export const typeAt = (shapes: Shapes, raw: RawTypes, port: string): ValueType | undefined => {
  const shape = shapes[port];
  return raw[port] ?? (shape === undefined ? undefined : { dtype: 'float32', dims: shape, batch: true });
};

/** Sizes of the symbols of declared types; null where given sizes differ from declared ones. */
export function sizesOf(
  declared: readonly ValueType[],
  given: readonly { readonly dtype: string; readonly dims: Dims }[],
): ReadonlyMap<string, Dim> | null {
  const sizes = new Map<string, Dim>();
  for (const [i, type] of declared.entries()) {
    const { dtype, dims } = full(type);
    const other = given[i];
    if (other === undefined || other.dtype !== dtype || other.dims.length !== dims.length) return null;
    for (const [axis, dim] of dims.entries()) {
      const size = other.dims[axis] as Dim;
      const known = typeof dim === 'number' ? dim : sizes.get(dim);
      if (known === undefined) sizes.set(dim as string, size);
      else if (known !== size) return null;
    }
  }
  return sizes;
}

/** Dims with the batch axis, with the sizes of their symbols. */
export const sized = (type: ValueType, sizes: ReadonlyMap<string, Dim>): Dims =>
  full(type).dims.map((dim) => (typeof dim === 'number' ? dim : (sizes.get(dim) ?? dim)));

/** Types of the outputs of an operator, by port, as a layer infers them. */
export function outputsOf(
  { outputs }: OperatorDefinition,
  dims: readonly Dims[],
): { readonly outputs: Shapes; readonly raw: RawTypes } {
  const shapes: Record<string, Shape> = {};
  const raw: Record<string, ValueType> = {};
  outputs.forEach(({ name, type }, i) => {
    const all = dims[i] ?? [];
    const found: ValueType = { ...type, dims: type.batch ? all.slice(1) : all };
    if (found.batch && found.dims.every((dim) => typeof dim === 'number')) shapes[name] = found.dims as Shape;
    if (!isLayerValue(found)) raw[name] = found;
  });
  return { outputs: shapes, raw };
}
