import { toBinary } from '@bufbuild/protobuf';
import { base64Decode, base64Encode } from '@bufbuild/protobuf/wire';
import type { OperatorDefinition } from '../graph/document.ts';
import { type ModelProto, ModelProtoSchema } from './gen/onnx_pb.ts';
import { decodeModel } from './read.ts';

/**
 * An ONNX operator of a document. `model` has opset imports, the local functions that its nodes use, and one graph, whose
 * inputs are `inputs`, then `weights`, and whose outputs are `outputs`, in this order.
 */
export const makeOperator = ({
  model,
  ...definition
}: Omit<OperatorDefinition, 'model'> & { readonly model: ModelProto }): OperatorDefinition => ({
  ...definition,
  model: base64Encode(toBinary(ModelProtoSchema, model)),
});

const decoded = new WeakMap<OperatorDefinition, ModelProto | null>();

/** The model of an operator, not to be changed; null if it is damaged. */
export function operatorModel(definition: OperatorDefinition): ModelProto | null {
  const known = decoded.get(definition);
  if (known !== undefined) return known;
  const model = read(definition);
  decoded.set(definition, model);
  return model;
}

const read = ({ model }: OperatorDefinition): ModelProto | null => fragmentModel(model);

/** The model in the base64 of a fragment; null if it is damaged. */
export function fragmentModel(base64: string): ModelProto | null {
  try {
    return decodeModel(base64Decode(base64)) ?? null;
  } catch {
    return null;
  }
}
