import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { check } from '../../check/check.ts';
import { type NetworkDocument, operatorIdOf } from '../../graph/document.ts';
import { Assembly } from '../../importing/assemble.ts';
import { liftEarlyOpset } from '../../importing/earlyOpset.ts';
import { inlineFunctions } from '../../importing/functions.ts';
import { cannotImport } from '../../importing/importError.ts';
import { importedFrom, producerOf } from '../../importing/importedFrom.ts';
import {
  type ChosenSize,
  chooseSizes,
  inputsOf,
  type ModelInput,
  type UsualSizes,
  usualSizes,
} from '../../importing/inputs.ts';
import { capturedBy, graphOf } from '../../importing/model.ts';
import { recognize } from '../../importing/recognize.ts';
import { isRandom } from '../../importing/rules/activations.ts';
import { Site } from '../../importing/site.ts';
import { convertToFloat32, otherFloats } from '../../importing/toFloat32.ts';
import { graphFault } from '../../importing/validGraph.ts';
import type { Tensor } from '../../ir/tensor.ts';
import { argumentValues } from '../../onnx/argumentValues.ts';
import type { GraphProto, ModelProto } from '../../onnx/gen/onnx_pb.ts';
import { decodeModel, domainOf } from '../../onnx/read.ts';
import { type Constant, toFloat32 } from '../../onnx/tensors.ts';
import { PRODUCER } from '../../onnx/write.ts';
import type { ImportPhase, ImportReport } from '../../protocol/imported.ts';
import { type Language, type Text, UserError } from '../../text.ts';
import { exportedGraph } from '../exportedGraph.ts';
import { fileError } from '../fileError.ts';
import { readProjectFile } from '../projectFile.ts';
import type { Tensors } from '../session.ts';
import { readWeights } from '../weights.ts';
import { arranged } from './arranged.ts';
import { readExternalTensors } from './externalTensors.ts';
import { withFreeReshapes } from './fixedBatch.ts';
import { type Observation, observe, type Running } from './observe.ts';
import { prove } from './prove.ts';

/** Kinds of values that are no tensors, in the schema. */
const NO_TENSORS: readonly string[] = ['sequenceType', 'mapType', 'optionalType'];

/** The limit of a protobuf message. Larger models keep their weights in other files. */
const LARGEST_MODEL = 2 ** 31 - 1;

export interface ImportedModel {
  readonly document: NetworkDocument;
  readonly weights: Tensors;
  readonly report: ImportReport;
}

export interface ImportOptions {
  /** Sizes of open axes by name. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Language of the names of blocks. */
  readonly language?: Language;
  readonly signal?: AbortSignal;
  /** Called at the start of each part of the work. */
  onPhase?(phase: ImportPhase): void;
}

/**
 * Imports any ONNX model as a network with its weights, and compares the two. An export of Netloom that has not changed is restored from
 * its metadata. Throws UserError.
 */
export async function importModel(
  path: string,
  { sizes = {}, language = 'en', signal, onPhase }: ImportOptions = {},
): Promise<ImportedModel> {
  const name = basename(path);
  const begin = async (phase: ImportPhase): Promise<void> => {
    signal?.throwIfAborted();
    onPhase?.(phase);
    // The work blocks this thread: messages about the phase leave it before.
    await setImmediate();
  };
  await begin('reading');
  const model = await readModelFile(path, name);
  const own = await restored(model, path, name);
  if (own !== null) return own;
  await readExternalTensors(model, dirname(path), name);
  inlineFunctions(model);
  liftEarlyOpset(model);
  const fault = graphFault(model);
  if (fault !== null) throw cannotImport(name, fault);
  // The conversion below changes the types of the inputs, and the file keeps them.
  const inputs = inputsOf(model);
  const noTensor = model.graph?.input.find(({ type }) => NO_TENSORS.includes(type?.value.case ?? ''));
  if (noTensor !== undefined) {
    throw cannotImport(name, {
      en: `its input “${noTensor.name}” is a sequence, a map or an optional value. Networks take tensors only`,
      zh: `其输入“${noTensor.name}”是序列、映射或可选值。网络只接受张量`,
    });
  }
  const converted = otherFloats(model);
  if (converted.length > 0) convertToFloat32(model);
  await begin('running');
  const trial = await observed(model, sizes, name, signal);
  await begin('recognizing');
  const { constants, facts } = trial.seen;
  const graph = graphOf(trial.model);
  const opset = Number(trial.model.opsetImport.find(({ domain }) => domainOf(domain) === '')?.version ?? 0n);
  const captured = new Set(
    graph.nodes.flatMap(({ proto }) => [...capturedBy(proto)]).map((each) => graph.alias.get(each) ?? each),
  );
  const results = new Set([...graph.results.map(({ value }) => value), ...captured]);
  const site = new Site(graph.nodes, facts, constants, results, opset);
  const recognition = recognize(site, graph.results, model.producerName === PRODUCER);
  const title = name.replace(/\.onnx$/i, '');
  const list = graph.results.find(({ value }) => (facts.get(value)?.dtype ?? constants.get(value)?.dtype) == null);
  if (list !== undefined) {
    throw cannotImport(name, {
      en: `its output “${list.name}” is a sequence or a map. Networks give tensors only`,
      zh: `其输出“${list.name}”是序列或映射。网络只输出张量`,
    });
  }
  const flat = new Assembly(trial.model, graph, site).build(recognition, title);
  const tensors = new Map([...flat.weights].map(([key, constant]): [string, Tensor] => [key, tensorOf(constant)]));
  const imported = importedFrom(model, opset);
  const named = imported === null ? flat.document : { ...flat.document, imported };
  // Training goes on from the weights of the model.
  const trainable = tensors.size === 0 ? named : { ...named, recipe: { ...named.recipe, start: 'held' as const } };
  await begin('arranging');
  const { document, weights, blocks } = await arranged(trainable, tensors, language);
  await begin('verifying');
  const random = graph.nodes.some(isRandom);
  const proof = random
    ? null
    : await prove(path, converted.length > 0 ? model : null, inputs, document, weights, trial.running);
  const layers = flat.document.nodes.map(({ layer }) => layer).filter((layer) => operatorIdOf(layer) === null);
  return {
    document,
    weights,
    report: {
      restored: null,
      producer: producerOf(model),
      opset,
      layers: countsOf(layers),
      blocks: blocks.map(({ title: of, count }) => ({ title: of, count })),
      kept: flat.kept.map(({ name: each, ops }) => ({ name: each, ops: [...ops] })),
      folded: recognition.folded,
      converted: [...converted],
      sizes: [...trial.running.sizes],
      batch: trial.running.batched.size > 0,
      proof,
    },
  };
}

/**
 * The network that Netloom exported as this model, exactly; null for other models, and for exports with weights in another form, such as
 * folded ones.
 */
async function restored(model: ModelProto, path: string, name: string): Promise<ImportedModel | null> {
  if (exportedGraph(model) !== 'own') return null;
  const found = await readProjectFile(path, { name }).catch((error: unknown) => {
    // The network in the metadata is damaged, or from a newer version.
    if (error instanceof UserError) return null;
    throw error;
  });
  if (found === null || found.lost) return null;
  const { document, weights, notice } = found;
  const { graph } = check(document);
  if (graph === null) return null;
  return {
    document,
    weights: weights === null ? new Map() : readWeights(weights, name),
    report: {
      restored: { notice },
      producer: producerOf(model),
      opset: Number(model.opsetImport.find(({ domain }) => domainOf(domain) === '')?.version ?? 0n),
      layers: countsOf(graph.nodes.map(({ layer }) => layer.type)),
      blocks: [],
      kept: [],
      folded: 0,
      converted: [],
      sizes: [],
      batch: true,
      proof: null,
    },
  };
}

function countsOf(types: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const type of types) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

const tensorOf = (constant: Constant): Tensor => {
  const { dims, data } = toFloat32(constant) as Constant;
  return { dtype: 'float32', shape: dims, data: data as Float32Array };
};

async function readModelFile(path: string, name: string): Promise<ModelProto> {
  const bytes = await (async () => {
    const { size } = await stat(path);
    if (size > LARGEST_MODEL) {
      throw cannotImport(name, {
        en: 'an ONNX file of more than 2 GB is damaged. Models of that size keep their weights in other files',
        zh: '超过 2 GB 的 ONNX 文件是损坏的。这么大的模型会将权重存放在其他文件中',
      });
    }
    return readFile(path);
  })().catch((error: unknown) => {
    throw error instanceof UserError ? error : fileError(path, error as NodeJS.ErrnoException);
  });
  const model = decodeModel(bytes);
  if (model === undefined) {
    throw cannotImport(name, {
      en: 'it is not an ONNX model, or it is damaged. Get the file again',
      zh: '它不是 ONNX 模型，或已损坏。请重新获取该文件',
    });
  }
  return model;
}

/** True for an input whose samples an Input layer can give: float32 with one to four axes, or another type. */
const isSample = ({ name, dtype, dims }: ModelInput, batched: ReadonlySet<string>): boolean =>
  dtype !== 'float32' || !batched.has(name) || (dims.length >= 2 && dims.length <= 5);

function argumentsOf(
  { graph }: ModelProto,
  inputs: readonly ModelInput[],
  sizes: readonly ChosenSize[],
): Running['values'] {
  const size = new Map(sizes.map((each) => [each.name, each.size]));
  return argumentValues(
    graph as GraphProto,
    inputs.flatMap(({ name, dtype, dims }) => {
      const known = dims.map((dim) => (typeof dim === 'number' ? dim : (size.get(dim) ?? 1)));
      return dtype === null ? [] : [{ name, dtype, dims: known }];
    }),
    size,
  );
}

interface Trial {
  readonly model: ModelProto;
  readonly running: Running;
  readonly seen: Observation;
}

/** A model that does not run, and the sizes that it leaves open: with others it may run. */
export class SizesNeeded extends UserError {
  constructor(
    text: Text,
    readonly sizes: readonly ChosenSize[],
  ) {
    super(text);
  }
}

/**
 * Observes a model with a batch of any size if it allows one: its outputs then have the batch as their first axis, and each sample has
 * the same result alone. Otherwise with the sizes of the file. Sizes that the file leaves open are tried until it runs. Throws UserError.
 */
async function observed(
  model: ModelProto,
  given: Readonly<Record<string, number>>,
  name: string,
  signal?: AbortSignal,
): Promise<Trial> {
  const inputs = inputsOf(model);
  const attempts = attemptsFor(model, inputs, given);
  const isArgument = (name: string): boolean => attempts.some(({ values }) => values.has(name));
  // A list of axes or sizes has no batch axis, even if it is as long as a batch.
  const isList = ({ name, dims }: ModelInput): boolean =>
    dims.length === 0 || (dims.length === 1 && typeof dims[0] === 'number' && isArgument(name));
  const samples = inputs.filter((each) => !isList(each));
  const first = samples[0]?.dims[0];
  const same = new Set(samples.filter(({ dims }) => dims[0] === first).map((each) => each.name));
  const results = graphOf(model).results.map(({ value }) => value);
  const models = [model, ...(typeof first === 'number' ? [withFreeReshapes(model, first)] : [])];
  const all = new Set(samples.map((each) => each.name));
  // Inputs of different fixed sizes have no batch in common.
  const firstSizes = new Set(samples.map(({ dims }) => dims[0]).filter((size) => typeof size === 'number'));
  const mayBeAll = all.size > same.size && firstSizes.size <= 1;
  const batches = [same, ...(mayBeAll ? [all] : [])].filter(({ size }) => size > 0);
  for (const { usual, values } of attempts) {
    const sizes = chooseSizes(inputs, given, typeof first === 'string' ? first : null, usual);
    for (const [batched, each] of batches.flatMap((set) => models.map((one) => [set, one] as const))) {
      signal?.throwIfAborted();
      const running = { sizes, batched, values };
      try {
        const seen = await observe(each, running, results);
        if (seen !== null && inputs.every((input) => isSample(input, batched))) return { model: each, running, seen };
      } catch {
        // The model does not run with other batches or with these sizes.
      }
    }
  }
  let reason = '';
  for (const { sizes, values } of attempts) {
    signal?.throwIfAborted();
    const running: Running = { sizes, batched: new Set(), values };
    try {
      return { model, running, seen: (await observe(model, running, results)) as Observation };
    } catch (error) {
      reason ||= (error instanceof Error ? error.message : String(error)).split('\n')[0] as string;
    }
  }
  throw cannotRun(name, reason, attempts[0]?.sizes ?? []);
}

interface Attempt extends Omit<Running, 'batched'> {
  readonly usual: UsualSizes;
}

/** The sizes at which a model is run, one after the other: only those that the user did not give differ. */
function attemptsFor(
  model: ModelProto,
  inputs: readonly ModelInput[],
  given: Readonly<Record<string, number>>,
): readonly Attempt[] {
  const attempts = new Map<string, Attempt>();
  for (const usual of usualSizes) {
    const sizes = chooseSizes(inputs, given, null, usual);
    const key = JSON.stringify(sizes);
    if (!attempts.has(key)) attempts.set(key, { usual, sizes, values: argumentsOf(model, inputs, sizes) });
  }
  return [...attempts.values()];
}

function cannotRun(name: string, reason: string, sizes: readonly ChosenSize[]): UserError {
  const open = sizes.filter(({ assumed }) => assumed).map((each) => each.name);
  if (open.length === 0) {
    return cannotImport(name, { en: `the runtime cannot run it: ${reason}`, zh: `运行时无法运行它：${reason}` });
  }
  const { text } = cannotImport(name, {
    en: `it leaves sizes open (${open.join(', ')}), and does not run with those that were tried: ${reason}`,
    zh: `它有未确定的大小（${open.join('、')}），用试过的大小都无法运行：${reason}`,
  });
  return new SizesNeeded(text, sizes);
}
