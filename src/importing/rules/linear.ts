import type { Constant } from '../../onnx/tensors.ts';
import type { FoundLayer, Rule } from '../rule.ts';
import { floatOf, intOf, type Node, type Site } from '../site.ts';

/** The transpose of a matrix. */
export function transposed({ dtype, dims, data }: Constant): Constant {
  const [rows, columns] = dims as [number, number];
  const from = data as Float32Array;
  const turned = new Float32Array(from.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = from[row * columns + column] as number;
  }
  return { dtype, dims: [columns, rows], data: turned };
}

const scaled = ({ dtype, dims, data }: Constant, factor: number): Constant =>
  factor === 1 ? { dtype, dims, data } : { dtype, dims, data: (data as Float32Array).map((value) => value * factor) };

/** A bias as [units]; null if it is not one number per unit, or one for all. */
function biasOf(constant: Constant | undefined, units: number): Constant | null {
  if (constant?.dtype !== 'float32') return null;
  const data = constant.data as Float32Array;
  if (data.length === 1)
    return { dtype: 'float32', dims: [units], data: new Float32Array(units).fill(data[0] as number) };
  if (data.length !== units || constant.dims.at(-1) !== units) return null;
  return { dtype: 'float32', dims: [units], data };
}

function linear(
  x: string,
  weight: Constant,
  bias: Constant | null,
  named: string,
  inside: readonly Node[],
): FoundLayer {
  return {
    layer: 'linear',
    config: { outFeatures: weight.dims[0] as number, bias: bias !== null },
    inputs: [x],
    weights: { weight, ...(bias !== null && { bias }) },
    named,
    inside,
  };
}

/** True for a sample of one or two axes, all that the layer takes. */
const hasRows = (site: Site, x: string | undefined): boolean => (site.shape(x)?.length ?? 3) <= 2;

const matrix = (site: Site, value: string | undefined): Constant | null => {
  const constant = site.constant(value);
  return constant?.dtype === 'float32' && constant.dims.length === 2 ? constant : null;
};

const gemm: Rule = (site, node) => {
  const [x, weightName, biasName = ''] = node.inputs;
  const stored = matrix(site, weightName);
  if (stored === null || !hasRows(site, x) || intOf(node, 'transA', 0) !== 0) return null;
  const factor = floatOf(node, 'alpha', 1);
  const weight = scaled(intOf(node, 'transB', 0) === 1 ? stored : transposed(stored), factor);
  const beta = floatOf(node, 'beta', 1);
  const bias = biasName === '' || beta === 0 ? null : biasOf(site.constant(biasName), weight.dims[0] as number);
  if (biasName !== '' && beta !== 0 && bias === null) return null;
  return linear(x as string, weight, bias === null ? null : scaled(bias, beta), weightName as string, []);
};

const matMul: Rule = (site, node) => {
  const [x, weightName] = node.inputs;
  const stored = matrix(site, weightName);
  return stored === null || !hasRows(site, x)
    ? null
    : linear(x as string, transposed(stored), null, weightName as string, []);
};

/** MatMul and Add, or Gemm without a bias and Add. */
const matMulAdd: Rule = (site, node) => {
  for (const [value, other] of [node.inputs, node.inputs.toReversed()]) {
    const product = site.producer(value, 'MatMul', 'Gemm');
    if (product === undefined) continue;
    const found = (product.op === 'Gemm' ? gemm : matMul)(site, product);
    if (found === null || found.config.bias === true) continue;
    const weight = found.weights?.weight as Constant;
    const bias = biasOf(site.constant(other), weight.dims[0] as number);
    if (bias !== null) return linear(found.inputs[0] as string, weight, bias, found.named as string, [product]);
  }
  return null;
};

export const linearRules = { Gemm: [gemm], MatMul: [matMul], Add: [matMulAdd] } as const;
