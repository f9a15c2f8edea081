import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { withConstantLayouts } from '../compile/constantLayouts.ts';
import { compileEvaluation } from '../compile/evaluation.ts';
import { foldBatchNorm } from '../compile/foldBatchNorm.ts';
import { bindParameters, compileInference } from '../compile/inference.ts';
import { withSeparatePads } from '../compile/separatePads.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { batchBuffers, fillBatch, type Samples } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { factsOf, isOwn } from '../data/known.ts';
import { stepsOn } from '../data/prepared.ts';
import { splitOf } from '../data/split.ts';
import type { NetworkDocument } from '../graph/document.ts';
import type { Program } from '../ir/program.ts';
import { BATCH, knownDims } from '../ir/shape.ts';
import { elementCount, floatTensor, type Tensor } from '../ir/tensor.ts';
import { opsetFor } from '../onnx/inline.ts';
import { checkOpset, portableAt } from '../onnx/opset.ts';
import { type ModelSummary, readModel } from '../onnx/read.ts';
import { validateModel } from '../onnx/validate.ts';
import { type ExternalFile, PRODUCER_VERSION, writeModel, writeModelFiles } from '../onnx/write.ts';
import type { ExportResult } from '../protocol/exported.ts';
import { random } from '../random/philox.ts';
import { transformOf } from '../transforms/index.ts';
import { dataSha256 } from './dataHash.ts';
import { WEIGHTS_KIND, WEIGHTS_SHA256 } from './exportedWeights.ts';
import { asType } from './feeds.ts';
import { inputColumn } from './network.ts';
import { type ExpectedPredictions, expectFinite, prove } from './proof.ts';
import {
  CPU_DEVICE,
  type Device,
  type Optimizations,
  openModel,
  type Session,
  type Tensors,
  targetOf,
} from './session.ts';
import { fittingWeights, tensorsSha256 } from './weights.ts';

/** Batch sizes at which the exported model is compared with Netloom's evaluation. */
const PROVED = [1, 2, 7, 64] as const;
/** Limit on the MACs of the verification, about one second. At least two batch sizes are compared. */
const PROOF_MACS = 2e10;
/** Number of samples in the test vector of the file. */
const VECTOR = 2;

export interface ExportOptions {
  readonly graph: CheckedGraph;
  readonly weights: Tensors;
  /** Names of the weights that are initial values. */
  readonly initial?: readonly string[] | undefined;
  /** Samples for the verification; without fitting samples, random values in [0, 1) are used. */
  readonly data: Dataset | null;
  readonly opset?: number | undefined;
  /** True to fold batch normalization into the preceding layers. */
  readonly fold?: boolean | undefined;
  /** SHA-256 of the training samples, if recorded by a run; otherwise the hash of `data` is used. */
  readonly dataSha256?: string | undefined;
  /** Name of the exported file. An external file with its weights is named after it. */
  readonly fileName?: string | undefined;
  /** Size of the weights, in bytes, from which they are written to an external file. */
  readonly externalAbove?: number | undefined;
  /**
   * True if the file may contain samples of the user's own data as a test vector, and its hash. Otherwise the test
   * vector is random and there is no hash, by which someone with the data could identify it.
   */
  readonly ownSamples?: boolean | undefined;
  /** Device of Netloom's evaluation. */
  readonly device: Device;
}

/**
 * Exports the inference model with its weights as ONNX, and verifies it: the model is loaded into new sessions, with
 * and without the optimizations of the runtime, and compared with Netloom's evaluation. Throws UserError if the outputs
 * differ or are not finite. The file contains a test vector and the network, and marks initial weights.
 */
export async function exportModel(options: ExportOptions): Promise<ExportResult> {
  const { graph, weights, initial = [], data, device } = options;
  const { fold = false, fileName = 'model.onnx' } = options;
  const opset = options.opset ?? (await opsetOf(graph));
  const untrained = initial.length > 0 && initial.length === weights.size;
  checkOpset(opset);
  expectFinite(weights);
  const target = portableAt(opset);
  const bound = bindParameters(compileInference(graph, target), weights);
  const program = withSeparatePads(withConstantLayouts(fold ? foldBatchNorm(bound) : bound), target);
  const inputs = program.inputs.map(({ value }) => ({
    name: value.name,
    dtype: value.dtype,
    batch: value.shape[0] === BATCH,
    shape: knownDims(value.shape[0] === BATCH ? value.shape.slice(1) : value.shape, value.name),
  }));
  const samples = (size: number, from: Dataset | null = data) =>
    new Map(inputs.map((input) => [input.name, asType(sampleBatch(graph, from, input, size), input.dtype)]));

  const evaluation = compileEvaluation(graph, targetOf(device));
  const evaluator = await openModel(writeModel(evaluation), device, 'none');
  const predictions = program.outputs.map(({ value }) => value.name);
  const trained = async (data: Tensors, size: number): Promise<Tensors> => {
    const results = await evaluator.run(evaluationFeeds(evaluation, data, weights, size));
    return new Map(predictions.map((name) => [name, results.get(name) as Tensor]));
  };

  const vector = samples(VECTOR, maySample(options) ? data : null);
  const metadata = {
    ...originOf(options),
    [WEIGHTS_KIND]: untrained ? 'initial' : initial.length > 0 ? 'partly initial' : 'trained',
    [WEIGHTS_SHA256]: tensorsSha256(fittingWeights(graph, weights, () => weights).weights),
    netloom_proof: JSON.stringify({ inputs: encoded(vector), outputs: encoded(await trained(vector, VECTOR)) }),
  };
  const { externalAbove: above } = options;
  const { model: bytes, external } = writeModelFiles(program, {
    opset,
    metadata,
    valueInfo: true,
    name: `${fileName}.data`,
    ...(above === undefined ? {} : { above }),
  });
  const model = Uint8Array.from(bytes);
  const summary = checked(model, program);
  const batches = provedSizes(graph);
  const expected: ExpectedPredictions[] = [];
  for (const size of batches) {
    const feeds = samples(size);
    expected.push({ feeds, predictions: await trained(feeds, size) });
  }
  await evaluator.release();
  const proof = await prove((optimizations) => openFresh(model, external, optimizations), expected);
  return {
    model,
    external: external === null ? null : { name: external.name, parts: [...external.parts] },
    opset: summary.opset,
    ops: { ...summary.ops },
    proof: { ...proof, batches },
    initial: [...initial],
    untrained,
  };
}

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
  const opset = options.opset ?? (await opsetOf(graph));
  checkOpset(opset);
  const { recipe } = graph.document;
  const target = portableAt(opset);
  const program = withSeparatePads(compileTrainStep(graph, { ...recipe, batch: recipe.batchSize, target }), target);
  const model = Uint8Array.from(writeModel(program, { opset, metadata: originOf(options), valueInfo: true }));
  const summary = checked(model, program);
  await (await openModel(model, CPU_DEVICE)).release();
  return { model, opset: summary.opset, ops: { ...summary.ops } };
}

type Origin = Pick<ExportOptions, 'graph' | 'data' | 'dataSha256' | 'ownSamples'>;

/** Datasets of Netloom are public. */
const maySample = ({ graph, ownSamples }: Origin): boolean => ownSamples === true || !isOwn(graph.document.data);

/** SHA-256 of the training samples; undefined if it is unknown or private. */
function toldHash(origin: Origin): string | undefined {
  const { graph, data, dataSha256: recorded } = origin;
  if (!maySample(origin)) return undefined;
  return recorded ?? (data === null ? undefined : dataSha256(data, splitOf(data, graph.document.data).train));
}

/** Metadata about the origin of a file: program, network, training settings and dataset. */
function originOf(origin: Origin) {
  const document = withoutFolders(origin.graph.document);
  const sha256 = toldHash(origin);
  return {
    netloom_version: PRODUCER_VERSION,
    netloom_document: JSON.stringify(document),
    netloom_recipe: JSON.stringify(document.recipe),
    ...preprocessingOf(document.data),
    ...classNamesOf(document.data),
    ...(sha256 === undefined ? {} : { netloom_data: JSON.stringify({ source: document.data.source, sha256 }) }),
  };
}

/** Transforms that an image goes through before the network: those of prediction, in order. */
function preprocessingOf(data: NetworkDocument['data']): { readonly netloom_preprocessing?: string } {
  const steps = stepsOn(data).filter(({ type }) => transformOf(type)?.random === false);
  return steps.length === 0 ? {} : { netloom_preprocessing: JSON.stringify(steps) };
}

/** Names of the classes, by class, as JSON; where several targets have names, of each target by its name. */
function classNamesOf(data: NetworkDocument['data']): { readonly netloom_classes?: string } {
  const named = (factsOf(data)?.targets ?? []).flatMap(({ name, names }) =>
    names === undefined ? [] : [{ name, names }],
  );
  const [first, ...others] = named;
  if (first === undefined) return {};
  const classes = others.length === 0 ? first.names : Object.fromEntries(named.map(({ name, names }) => [name, names]));
  return { netloom_classes: JSON.stringify(classes) };
}

/** Data files are named without their folders, which are private. */
function withoutFolders(document: NetworkDocument): NetworkDocument {
  const { data } = document;
  return { ...document, data: { ...data, source: data.source.replace(/^.*[/\\](?=.)/, '') } };
}

/** The opset at which the network can be written: the standard one, unless its ONNX operators need another. */
const opsetOf = async (graph: CheckedGraph): Promise<number> => opsetFor(compileInference(graph));

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

/** Feeds of an evaluation whose losses are not used; the targets are zeros. */
export function evaluationFeeds(program: Program, data: Tensors, weights: Tensors, size: number): Map<string, Tensor> {
  return new Map(
    program.inputs.map(({ value, role }): [string, Tensor] => {
      const given = data.get(value.name) ?? weights.get(value.name);
      if (given !== undefined) return [value.name, given];
      if (role.kind !== 'target') throw new Error(`there is nothing to feed '${value.name}' (${role.kind}) with`);
      const shape = [size, ...knownDims(value.shape.slice(1), value.name)];
      const count = elementCount(shape);
      if (value.dtype === 'int64') return [value.name, { dtype: 'int64', shape, data: new BigInt64Array(count) }];
      return [value.name, floatTensor(shape, new Float32Array(count))];
    }),
  );
}

function sampleBatch(
  graph: CheckedGraph,
  data: Dataset | null,
  { name, shape, batch }: { readonly name: string; readonly shape: readonly number[]; readonly batch: boolean },
  size: number,
): Tensor {
  const full = batch ? [size, ...shape] : shape;
  const config = graph.document.data;
  const fields =
    data?.inputs.filter((field) => inputColumn(data, field, name, config).shape.join() === shape.join()) ?? [];
  const field = fields.find((each) => each.name === name) ?? fields[0];
  if (batch && data !== null && field !== undefined) {
    const { validation } = splitOf(data, graph.document.data);
    const indices = Uint32Array.from({ length: size }, (_, i) => validation[i % validation.length] as number);
    const samples: Samples = { count: data.count, columns: [inputColumn(data, field, name, config)] };
    return fillBatch(samples, indices, batchBuffers(size, samples)).tensors.get(name) as Tensor;
  }
  const rng = random(1, `proof/${BATCH}${size}`);
  return {
    dtype: 'float32',
    shape: full,
    data: Float32Array.from({ length: elementCount(full) }, () => rng.uniform()),
  };
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
