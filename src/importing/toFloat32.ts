import {
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type GraphProto,
  type ModelProto,
  type TensorProto,
  type TypeProto,
} from '../onnx/gen/onnx_pb.ts';
import { type Constant, decodeConstant, toFloat32 } from '../onnx/tensors.ts';
import { everyGraph, everyNode, everyTensor } from './everyTensor.ts';

/** Element types that become float32. */
const CONVERTED: Partial<Record<DataType, 'float16' | 'bfloat16' | 'float64'>> = {
  [DataType.FLOAT16]: 'float16',
  [DataType.BFLOAT16]: 'bfloat16',
  [DataType.DOUBLE]: 'float64',
};

/**
 * The types of the weights of a model that are other floating-point numbers than float32, and of inputs and outputs that a network
 * cannot have.
 */
export function otherFloats({ graph }: ModelProto): readonly ('float16' | 'bfloat16' | 'float64')[] {
  const { initializer, input, output } = graph as GraphProto;
  const weights = initializer.flatMap(({ dataType, dims }) => {
    const name = CONVERTED[dataType as DataType];
    // A single number may be a constant of a calculation whose precision matters.
    return name !== undefined && dims.length > 0 ? [name] : [];
  });
  const ports = [...input, ...output].flatMap(({ type }) => {
    const name = type?.value.case === 'tensorType' ? CONVERTED[type.value.value.elemType as DataType] : undefined;
    return name === undefined || name === 'float64' ? [] : [name];
  });
  return [...new Set([...weights, ...ports])];
}

function convertTensor(tensor: TensorProto): void {
  if (CONVERTED[tensor.dataType as DataType] === undefined) return;
  const values = decodeConstant(tensor);
  const converted = values === null ? null : toFloat32(values);
  if (converted === null) return;
  setFloats(tensor, converted);
}

/** Gives a tensor float32 values. */
export function setFloats(tensor: TensorProto, { data }: Constant): void {
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  tensor.dataType = DataType.FLOAT;
  tensor.rawData = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  tensor.int32Data = [];
  tensor.doubleData = [];
}

function convertType(type: TypeProto | undefined): void {
  if (type?.value.case === 'tensorType') {
    const { value } = type.value;
    if (CONVERTED[value.elemType as DataType] !== undefined) value.elemType = DataType.FLOAT;
  }
  if (type?.value.case === 'sequenceType' || type?.value.case === 'optionalType')
    convertType(type.value.value.elemType);
}

/** Converts all numbers of a model to float32: weights, constants, inputs, outputs and casts. The model is changed. */
export function convertToFloat32(model: ModelProto): void {
  for (const tensor of everyTensor(model)) convertTensor(tensor);
  for (const graph of everyGraph(model)) {
    for (const { type } of [...graph.input, ...graph.output, ...graph.valueInfo]) convertType(type);
  }
  for (const { attribute } of everyNode(model)) {
    for (const each of attribute) {
      const isType = ['to', 'dtype', 'output_dtype'].includes(each.name) && each.type === AttributeType.INT;
      if (isType && CONVERTED[Number(each.i) as DataType] !== undefined) each.i = BigInt(DataType.FLOAT);
    }
  }
}
