import { fromBinary } from '@bufbuild/protobuf';
import type { Dims } from '../ir/shape.ts';
import {
  TensorProto_DataType as DataType,
  type ModelProto,
  ModelProtoSchema,
  type ValueInfoProto,
} from './gen/onnx_pb.ts';

/** An input or output of a model; an unspecified size is '?'. */
export interface ModelPort {
  readonly name: string;
  /** ONNX name of the element type in lower case; `float` is float32. */
  readonly elementType: string;
  readonly shape: Dims;
}

/** The content of an ONNX file, without the values of its tensors. */
export interface ModelSummary {
  readonly irVersion: number;
  /** Opset of the default domain; 0 if unspecified. */
  readonly opset: number;
  /** Version per domain; '' is the default domain. */
  readonly domains: Readonly<Record<string, number>>;
  readonly producer: string;
  readonly docString: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Number of nodes per op, in order of first use; ops outside the default domain are named `domain.Op`. */
  readonly ops: Readonly<Record<string, number>>;
  /** Inputs without the initializers. */
  readonly inputs: readonly ModelPort[];
  readonly outputs: readonly ModelPort[];
  readonly initializers: { readonly count: number; readonly elements: number };
}

/** Decodes a model; undefined if the bytes are not an ONNX model. */
export function decodeModel(bytes: Uint8Array): ModelProto | undefined {
  try {
    const model = fromBinary(ModelProtoSchema, bytes);
    return model.graph === undefined ? undefined : model;
  } catch {
    return undefined;
  }
}

/** The default domain has two names, '' and 'ai.onnx'. */
export const domainOf = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

/** Summary of an ONNX model; undefined if the bytes are not an ONNX model. */
export function readModel(bytes: Uint8Array): ModelSummary | undefined {
  const model = decodeModel(bytes);
  const graph = model?.graph;
  if (model === undefined || graph === undefined) return undefined;
  const domains = Object.fromEntries(
    model.opsetImport.map(({ domain, version }) => [domainOf(domain), Number(version)]),
  );
  const ops: Record<string, number> = {};
  for (const { domain, opType } of graph.node) {
    const op = domainOf(domain) === '' ? opType : `${domain}.${opType}`;
    ops[op] = (ops[op] ?? 0) + 1;
  }
  const initializers = new Set(graph.initializer.map(({ name }) => name));
  return {
    irVersion: Number(model.irVersion),
    opset: domains[''] ?? 0,
    domains,
    producer: `${model.producerName} ${model.producerVersion}`.trim(),
    docString: model.docString,
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
    ops,
    inputs: graph.input.filter(({ name }) => !initializers.has(name)).map(portOf),
    outputs: graph.output.map(portOf),
    initializers: {
      count: graph.initializer.length,
      elements: graph.initializer.reduce((n, { dims }) => n + dims.reduce((size, dim) => size * Number(dim), 1), 0),
    },
  };
}

function portOf({ name, type }: ValueInfoProto): ModelPort {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  const shape = tensor?.shape?.dim.map(({ value }) => {
    if (value.case === 'dimValue') return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : '?';
  });
  return { name, elementType: (DataType[tensor?.elemType ?? 0] ?? 'undefined').toLowerCase(), shape: shape ?? [] };
}
