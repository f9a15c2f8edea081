import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { beyondHalf, roundedToHalf } from '../compile/halfWeights.ts';
import { compileInference } from '../compile/inference.ts';
import { withSeparatePads } from '../compile/separatePads.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import type { Program } from '../ir/program.ts';
import type { ModelProto } from '../onnx/gen/onnx_pb.ts';
import { opsetFor } from '../onnx/inline.ts';
import { checkOpset, portableAt } from '../onnx/opset.ts';
import { type ModelSummary, readModel } from '../onnx/read.ts';
import { validateModel } from '../onnx/validate.ts';
import { type ExternalFile, type Metadata, writeModel, writeModelFiles } from '../onnx/write.ts';
import type { ExportPart, OnnxReport } from '../protocol/exported.ts';
import { UserError } from '../text.ts';
import { GRAPH_SHA256, graphSha256 } from './exportedGraph.ts';
import { WEIGHTS_KIND, WEIGHTS_SHA256 } from './exportedWeights.ts';
import { containedPreprocessing, maySample, type Origin, originOf } from './exportMetadata.ts';
import { planExport } from './exportPlan.ts';
import { placesOf, sampleBatch } from './exportSamples.ts';
import { openVariant } from './exportVariant.ts';
import { evaluatorOf } from './networkEvaluation.ts';
import { type ExpectedPredictions, expectFinite, type ModelOpening, prove, valuesOf } from './proof.ts';
import { requireUnchanged } from './rawSamples.ts';
import { CPU_DEVICE, type Device, type Optimizations, openModel, type Session, type Tensors } from './session.ts';
import { fittingWeights, tensorsSha256 } from './weights.ts';

/** Batch sizes at which the exported model is compared with Netloom's evaluation. */
const PROVED = [1, 2, 7, 64] as const;
/** Limit on the MACs of the verification, about one second. At least two batch sizes are compared. */
const PROOF_MACS = 2e10;
/** Number of samples in the test vector of the file. */
const VECTOR = 2;

export interface ExportOptions extends Origin {
  readonly weights: Tensors;
  /** Names of the weights that are initial values. */
  readonly initial?: readonly string[] | undefined;
  /** By default, the standard one, or the earliest with all ops of the preprocessing. */
  readonly opset?: number | undefined;
  /** True to fold batch normalization into the preceding layers. */
  readonly fold?: boolean | undefined;
  /** True for a model that takes data as files have it, and prepares it as in prediction. Needs the dataset. */
  readonly preprocessing?: boolean | undefined;
  /** True to store weights as float16; computation stays float32. */
  readonly float16?: boolean | undefined;
  /** Name of the exported file. An external file with its weights is named after it. */
  readonly fileName?: string | undefined;
  /** Size of the weights, in bytes, from which they are written to an external file. */
  readonly externalAbove?: number | undefined;
  /** Device of Netloom's evaluation. */
  readonly device: Device;
  /** Called before each part; an error ends the export. */
  readonly begin?: ((part: ExportPart) => Promise<void>) | undefined;
}

export interface ExportResult extends Omit<OnnxReport, 'format' | 'preprocessing' | 'external'> {
  readonly model: Uint8Array<ArrayBuffer>;
  /** External file of a large model. It must be in the folder of the model. */
  readonly external: ExternalFile | null;
}

/**
 * Exports the inference model with its weights as ONNX, and verifies it: the model is loaded into new sessions, with
 * and without the optimizations of the runtime, and compared with Netloom's evaluation. Throws UserError if the outputs
 * differ or are not finite. The file contains a test vector and the network, and marks initial weights.
 */
export async function exportModel(options: ExportOptions): Promise<ExportResult> {
  const { graph, weights, initial = [], data, device } = options;
  const { fileName = 'model.onnx', externalAbove: above, float16 = false, begin = async () => {} } = options;
  const untrained = initial.length > 0 && initial.length === weights.size;
  expectFinite(weights);
  const plan = planExport(options);
  const { opset, inputs, preprocessing, program, file } = plan;
  if (preprocessing !== null) await requireUnchanged(graph.document, preprocessing);
  if (float16) requireHalf(program);
  const write = (written: Program, metadata?: Metadata) => {
    const name = `${fileName}.data`;
    const files = writeModelFiles(written, {
      opset,
      valueInfo: true,
      name,
      ...(metadata && { metadata: withGraph(metadata) }),
      ...(above === undefined ? {} : { above }),
    });
    return { model: Uint8Array.from(files.model), external: files.external };
  };

  const network = await evaluatorOf(graph, weights, device, program);
  const batches = provedSizes(graph);
  const expected: ExpectedPredictions[] = [];
  for (const size of batches) {
    await begin('reference');
    const feeds = sampleBatch(inputs, data?.count ?? 0, size, data === null ? null : placesOf(graph, data, size));
    expected.push({ feeds, predictions: await network.run(feeds, size) });
  }
  const variant =
    file === program
      ? null
      : await openVariant({
          ...plan,
          graph,
          data,
          float16,
          sizes: batches,
          network,
          open: (part) => opening(write(part))('none'),
        });
  const vectorPlaces = data !== null && maySample(options) ? placesOf(graph, data, VECTOR) : null;
  const vector =
    variant === null ? sampleBatch(inputs, data?.count ?? 0, VECTOR, vectorPlaces) : await variant.vector(vectorPlaces);
  const vectorOutputs = variant === null ? await network.run(vector, VECTOR) : await variant.reference(vector);
  await begin('write');
  const stored = fittingWeights(graph, weights, () => weights).weights;
  const written = write(file, {
    ...originOf(options),
    ...(preprocessing === null ? {} : containedPreprocessing(preprocessing)),
    [WEIGHTS_KIND]: untrained ? 'initial' : initial.length > 0 ? 'partly initial' : 'trained',
    [WEIGHTS_SHA256]: tensorsSha256(float16 ? roundedToHalf(stored) : stored),
    netloom_proof: JSON.stringify({ inputs: encoded(vector), outputs: encoded(vectorOutputs) }),
  });
  const summary = checked(written.model, file);
  await begin('verify');
  const proof = await prove(opening(variant === null ? written : write(program)), expected, valuesOf(graph));
  const more = await variant?.prove(opening(written));
  await variant?.release();
  await network.release();
  return {
    model: written.model,
    external: written.external,
    opset: summary.opset,
    ops: { ...summary.ops },
    inputs: summary.inputs.map(({ name, elementType, shape }) => ({ name, elementType, shape: [...shape] })),
    proof: { ...proof, batches, ...more },
    initial: [...initial],
    untrained,
  };
}

/** Metadata with the checksum of the graph. */
const withGraph = (metadata: Metadata) => (model: ModelProto) => ({ ...metadata, [GRAPH_SHA256]: graphSha256(model) });

function provedSizes({ nodes }: CheckedGraph): number[] {
  const macs = nodes.reduce((sum, { layer, inputs, outputs, config }) => {
    return sum + (layer.macs?.(inputs, outputs, config) ?? 0);
  }, 0);
  return PROVED.filter((size) => size <= 2 || size * macs <= PROOF_MACS);
}

/**
 * Exports the training step as ONNX. Weights, optimizer state and the scalars of the step are inputs. The model is
 * loaded once to verify it.
 */
export async function exportStep(options: Origin & Pick<ExportOptions, 'opset'>) {
  const { graph } = options;
  const opset = options.opset ?? opsetFor(compileInference(graph));
  checkOpset(opset);
  const { recipe } = graph.document;
  const target = portableAt(opset);
  const program = withSeparatePads(compileTrainStep(graph, { ...recipe, batch: recipe.batchSize, target }), target);
  const model = Uint8Array.from(
    writeModel(program, { opset, metadata: withGraph(originOf(options)), valueInfo: true }),
  );
  const summary = checked(model, program);
  await (await openModel(model, CPU_DEVICE)).release();
  return { model, opset: summary.opset, ops: { ...summary.ops } };
}

/**
 * Summary of an export. Throws if the model breaks the rules of ONNX, or if other nodes than those of ONNX operators use other domains
 * than the default.
 */
function checked(model: Uint8Array, { ops }: Program): ModelSummary {
  const summary = readModel(model);
  const kept = ops.flatMap(({ name, fragment }) => (fragment === undefined ? [] : [name]));
  const foreign = kept.length > 0 ? [] : Object.keys(summary?.ops ?? {}).filter((op) => op.includes('.'));
  if (summary === undefined || foreign.length > 0) throw new Error(`the exported model uses ${foreign.join(', ')}`);
  const [problem] = validateModel(model, kept);
  if (problem !== undefined) throw new Error(`the exported model breaks ONNX's rules: ${problem}`);
  return summary;
}

interface ModelFiles {
  readonly model: Uint8Array;
  readonly external: ExternalFile | null;
}

const opening =
  ({ model, external }: ModelFiles): ModelOpening =>
  (optimizations) =>
    openFresh(model, external, optimizations);

/** Loads an export like another program: with its external file, from a folder. */
async function openFresh(
  model: Uint8Array,
  external: ExternalFile | null,
  optimizations: Optimizations,
): Promise<Session> {
  if (external === null) return openModel(model, CPU_DEVICE, optimizations);
  const folder = await mkdtemp(join(tmpdir(), 'netloom-export-'));
  try {
    const path = join(folder, 'model.onnx');
    await writeFile(path, model);
    await writeFile(join(folder, external.name), external.parts);
    return await openModel(path, CPU_DEVICE, optimizations);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tensors as JSON: values as base64 of their little-endian bytes. */
const encoded = (tensors: Tensors) =>
  Object.fromEntries(
    [...tensors].map(([name, { dtype, shape, data }]) => [
      name,
      // Texts of ONNX operators are a list.
      Array.isArray(data)
        ? { dtype, shape, texts: data }
        : { dtype, shape, base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') },
    ]),
  );

/** Throws UserError for a weight that float16 cannot hold. */
export function requireHalf(program: Program): void {
  const beyond = beyondHalf(program);
  if (beyond !== null) throw new UserError(tooLarge(beyond));
}

const tooLarge = (weight: string) => ({
  en: `Weight “${weight}” has values beyond 65,504, the largest number of float16. Export with float32 weights.`,
  zh: `权重“${weight}”含有超过 65,504（float16 的最大值）的数值。请以 float32 权重导出。`,
});
