import { fromBinary } from '@bufbuild/protobuf';
import type { Dims } from '../ir/shape.ts';
import {
  TensorProto_DataType as DataType,
  type ModelProto,
  ModelProtoSchema,
  type ValueInfoProto,
} from './gen/onnx_pb.ts';

/** A model's input or output; a size that the file leaves open is '?'. */
export interface ModelPort {
  readonly name: string;
  /** ONNX's name of the element type in lower case, `float` being float32. */
  readonly elementType: string;
  readonly shape: Dims;
}

/** What an ONNX file holds, without its numbers. */
export interface ModelSummary {
  readonly irVersion: number;
  /** Of the default domain; 0 if the file does not say. */
  readonly opset: number;
  /** Version per domain, the default one under ''. */
  readonly domains: Readonly<Record<string, number>>;
  readonly producer: string;
  readonly docString: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** How often each op occurs; ops outside the default domain as `domain.Op`. In order of first use. */
  readonly ops: Readonly<Record<string, number>>;
  /** Without those that are initializers. */
  readonly inputs: readonly ModelPort[];
  readonly outputs: readonly ModelPort[];
  readonly initializers: { readonly count: number; readonly elements: number };
}

/** Decodes a model; undefined when the bytes are no ONNX model. */
export function decodeModel(bytes: Uint8Array): ModelProto | undefined {
  try {
    const model = fromBinary(ModelProtoSchema, bytes);
    return model.graph === undefined ? undefined : model;
  } catch {
    return undefined;
  }
}

/** The default domain has two names. */
export const domainOf = (domain: string): string => (domain === 'ai.onnx' ? '' : domain);

/** Summary of an ONNX model's bytes; undefined when they are no ONNX model. */
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
