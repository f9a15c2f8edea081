import { createHash } from 'node:crypto';
import { create, toBinary } from '@bufbuild/protobuf';
import {
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from '../onnx/gen/onnx_pb.ts';

/** Metadata of exports: checksum of the graph (`graphSha256`). */
export const GRAPH_SHA256 = 'netloom_graph_sha256';

/** Tensors from this size on, in bytes or numbers, are weights, which have a checksum of their own. */
const WEIGHT = 1024;

/**
 * SHA-256 of the graph of a model, in hexadecimal: nodes, inputs, outputs, small constants, and names and shapes of weights. It
 * depends neither on the values of weights nor on the file that they are in.
 */
export function graphSha256({ graph, opsetImport, functions }: ModelProto): string {
  const hashed = create(ModelProtoSchema, {
    opsetImport,
    functions,
    ...(graph && {
      graph: create(GraphProtoSchema, {
        node: graph.node,
        input: graph.input,
        output: graph.output,
        sparseInitializer: graph.sparseInitializer,
        initializer: graph.initializer.map(withoutWeights),
      }),
    }),
  });
  return createHash('sha256').update(toBinary(ModelProtoSchema, hashed)).digest('hex');
}

function withoutWeights({ name, dims, dataType, ...tensor }: TensorProto): TensorProto {
  const { rawData, floatData, int32Data, int64Data, uint64Data, doubleData, stringData } = tensor;
  const fields = { rawData, floatData, int32Data, int64Data, uint64Data, doubleData, stringData };
  // A tensor that was taken from another model may lack the fields that it does not use.
  const values = Object.entries(fields).filter(([, each]) => (each?.length ?? 0) > 0);
  const isSmall = values.every(([, { length }]) => length < WEIGHT);
  const small: Partial<typeof fields> = isSmall ? Object.fromEntries(values) : {};
  return create(TensorProtoSchema, { name, dims, dataType, ...small });
}

/**
 * How the graph of a model relates to the network in its metadata: `own` if Netloom exported it like this, `changed` if another
 * program has changed it since, null without a network or its checksum.
 */
export function exportedGraph(model: ModelProto): 'own' | 'changed' | null {
  const metadata = new Map(model.metadataProps.map(({ key, value }) => [key, value]));
  const sha256 = metadata.get(GRAPH_SHA256);
  if (sha256 === undefined || !metadata.has('netloom_document')) return null;
  return sha256 === graphSha256(model) ? 'own' : 'changed';
}
