import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { parseJson } from '../graph/json.ts';
import { readSafetensors, type SafeTensor, safetensorsMetadata } from '../graph/safetensors.ts';
import { floatTensor, type Tensor } from '../ir/tensor.ts';
import { plateauReport, plateauStart } from '../optim/schedules.ts';
import {
  stateNames,
  type TorchNames,
  type TorchProgress,
  torchHistory,
  torchNames,
  torchProgress,
} from '../pytorch/trainedProject.ts';
import { type CurveArrays, Curves } from '../runs/curves.ts';
import { UserError } from '../text.ts';
import { type Entries, writeCheckpoint } from './checkpoint.ts';
import { isExhausted } from './earlyStopping.ts';
import { fileError } from './fileError.ts';
import { checkedGraph } from './network.ts';
import { readProjectFile } from './projectFile.ts';
import type { Tensors } from './session.ts';
import { fittingWeights, notFinite, writeWeights } from './weights.ts';

/** A trained project of PyTorch as a project of Netloom. */
export interface TorchImport {
  readonly document: NetworkDocument;
  /** Bytes of `weights.safetensors`. */
  readonly weights: Uint8Array<ArrayBuffer>;
  /** The run with its curves; empty where only weights were there. */
  readonly run: Entries;
  readonly progress: TorchProgress | null;
  /** The file with the weights. */
  readonly source: string;
}

const NAMES = 'names.json';
/** Files with weights in a project, the best first. */
const WEIGHTS = ['runs/checkpoint.safetensors', 'runs/weights.safetensors', 'weights.safetensors'];

/** Reads a project that was exported with `--to pytorch`, or one of its safetensors files. Throws UserError. */
export async function importTorch(path: string): Promise<TorchImport> {
  const found = await stat(path).catch((error) => {
    throw fileError(path, error);
  });
  const folder = found.isDirectory() ? path : await projectOf(path);
  if (folder === null) throw noProjectOf(path);
  const names = await readJson(join(folder, NAMES), torchNames);
  const { document } = await readProjectFile(join(folder, 'network.json'), {
    name: join(folder, 'network.json'),
  }).catch((error) => {
    throw error instanceof UserError ? error : fileError(join(folder, 'network.json'), error);
  });
  const source = found.isDirectory() ? await weightsIn(folder) : path;
  const bytes = await readFile(source).catch((error) => {
    throw fileError(source, error);
  });
  const tensors = readSafetensors(bytes, source);
  const graph = checkedGraph(document);
  const { progress: text } = safetensorsMetadata(bytes);
  if (text === undefined) {
    const weights = weightsOf(graph, names, tensors, '', source);
    return { document, weights: writeWeights(weights), run: {}, progress: null, source };
  }
  const progress = parsed(text, torchProgress, source);
  return withRun({ graph, names, tensors, progress, source, curves: await curvesOf(dirname(source), progress.step) });
}

interface TrainedRun {
  readonly graph: CheckedGraph;
  readonly names: TorchNames;
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  readonly progress: TorchProgress;
  readonly source: string;
  readonly curves: CurveArrays;
}

function withRun({ graph, names, tensors, progress, source, curves }: TrainedRun): TorchImport {
  const { recipe: before } = graph.document;
  const { epochs: history, step, best, of, batch_size: batchSize } = progress;
  const recipe = { ...before, epochs: of, batchSize };
  const document = { ...graph.document, recipe };
  const weights = weightsOf(graph, names, tensors, 'model/', source);
  const hasBest = [...tensors.keys()].some((key) => key.startsWith('best/'));
  const bestWeights = hasBest ? weightsOf(graph, names, tensors, 'best/', source) : null;
  const { schedule, earlyStopping } = recipe;
  const plateau =
    schedule?.kind !== 'plateau'
      ? null
      : history.reduce(
          (state, { validation: { loss, accuracy } }) =>
            plateauReport(schedule, state, schedule.mode === 'min' || accuracy === null ? loss : accuracy),
          plateauStart(recipe.optimizer.learningRate),
        );
  const run = writeCheckpoint({
    progress: { step, epoch: history.length, seen: 0, loss: 0, correct: 0, plateau, history, best },
    weights,
    state: stateOf(graph, names, tensors),
    bestWeights,
    document,
    dataSha256: names.dataSha256 ?? '',
    run: randomUUID(),
    samples: names.samples,
    reportNorm: false,
    changes: [],
    curves,
  });
  const isDone = history.length >= of || (earlyStopping !== undefined && isExhausted(history, earlyStopping));
  const kept = recipe.keepBest === true && isDone ? (bestWeights ?? weights) : weights;
  return { document, weights: writeWeights(kept), run, progress, source };
}

/** All weights of the network from tensors whose keys begin with `prefix`. Throws UserError if one is missing or not finite. */
function weightsOf(
  graph: CheckedGraph,
  names: TorchNames,
  tensors: ReadonlyMap<string, SafeTensor>,
  prefix: string,
  source: string,
): Tensors {
  const held = new Map<string, Tensor>();
  for (const [name, key] of Object.entries(names.tensors)) {
    const tensor = tensors.get(`${prefix}${key}`);
    if (tensor?.dtype === 'F32') held.set(name, floatTensor(tensor.shape, tensor.data));
  }
  const { weights, missing } = fittingWeights(graph, held, () => new Map());
  if (missing.length > 0) {
    throw new UserError({
      en: `The weights in “${source}” do not fit the network of the project: ${missing.join(', ')} missing or of a different shape. Import a file that train.py of this project has written.`,
      zh: `“${source}”中的权重与项目中的网络不符：${missing.join('、')} 缺失或形状不同。请导入由该项目的 train.py 写出的文件。`,
    });
  }
  const broken = notFinite(weights);
  if (broken === null) return weights;
  throw new UserError({
    en: `Weight “${broken}” in “${source}” contains NaN or infinity, probably because the run diverged. Import an earlier file, or train again with a lower learning rate.`,
    zh: `“${source}”中的权重“${broken}”含有 NaN 或无穷大，这通常是训练发散所致。请导入较早的文件，或用更小的学习率重新训练。`,
  });
}

/** The optimizer state by Netloom's names. */
function stateOf(
  { nodes, document }: CheckedGraph,
  names: TorchNames,
  tensors: ReadonlyMap<string, SafeTensor>,
): Tensors {
  const { kind } = document.recipe.optimizer;
  const state = new Map<string, Tensor>();
  for (const { node, params } of nodes) {
    for (const [param, { shape }] of Object.entries(params)) {
      const name = `${node.name}/${param}`;
      for (const [theirs, ours] of Object.entries(stateNames[kind])) {
        const tensor = tensors.get(`optimizer/${names.tensors[name]}/${theirs}`);
        if (tensor?.dtype !== 'F32' || tensor.shape.join() !== shape.join()) continue;
        // Updates work on tensors whose last axis has size 1 as on lists (src/optim/updates.ts).
        const isFlat = shape.length > 1 && shape.at(-1) === 1;
        state.set(`${kind}/${name}/${ours}`, floatTensor(isFlat ? [tensor.data.length] : shape, tensor.data));
      }
    }
  }
  return state;
}

/** The curves beside a checkpoint, up to its step; without history.json none. */
async function curvesOf(folder: string, steps: number): Promise<CurveArrays> {
  const curves = new Curves();
  const path = join(folder, 'history.json');
  if ((await stat(path).catch(() => null)) === null) return curves.toArrays();
  const { steps: rows } = await readJson(path, torchHistory);
  rows.step.forEach((step, i) => {
    if (step > steps) return;
    curves.add({
      step,
      loss: rows.loss[i] ?? Number.NaN,
      accuracy: rows.accuracy[i] ?? Number.NaN,
      learningRate: rows.learning_rate[i] ?? Number.NaN,
      gradientNorm: Number.NaN,
      samplesPerSecond: Number.NaN,
    });
  });
  return curves.toArrays();
}

/** The project that a file of weights belongs to: its folder, or one of the two above; null if none is a project. */
export async function projectOf(file: string): Promise<string | null> {
  let folder = dirname(file);
  for (let level = 0; level < 3; level++) {
    if ((await stat(join(folder, NAMES)).catch(() => null)) !== null) return folder;
    folder = join(folder, '..');
  }
  return null;
}

const noProjectOf = (file: string) =>
  new UserError({
    en: `“${file}” belongs to no PyTorch project of Netloom: no folder above it has ${NAMES}. Import the folder that netloom export --to pytorch wrote.`,
    zh: `“${file}”不属于 Netloom 的 PyTorch 项目：其上各级文件夹中没有 ${NAMES}。请导入由 netloom export --to pytorch 写出的文件夹。`,
  });

async function weightsIn(folder: string): Promise<string> {
  for (const name of WEIGHTS) {
    const path = join(folder, name);
    if ((await stat(path).catch(() => null)) !== null) return path;
  }
  throw new UserError({
    en: `Folder “${folder}” has no weights: ${WEIGHTS.join(', ')} are missing. Train first: python train.py`,
    zh: `文件夹“${folder}”中没有权重：缺少 ${WEIGHTS.join('、')}。请先训练：python train.py`,
  });
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const bytes = await readFile(path).catch((error) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? noProject(path) : fileError(path, error);
  });
  return parsed(new TextDecoder().decode(bytes), schema, path);
}

const noProject = (path: string) =>
  new UserError({
    en: `Folder “${dirname(path)}” is no PyTorch project of Netloom: it has no ${NAMES}. Import a folder that netloom export --to pytorch wrote.`,
    zh: `文件夹“${dirname(path)}”不是 Netloom 的 PyTorch 项目：缺少 ${NAMES}。请导入由 netloom export --to pytorch 写出的文件夹。`,
  });

function parsed<T>(text: string, schema: z.ZodType<T>, name: string): T {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    throw damaged(name, 'JSON');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damaged(name, `${issue?.path.join('.')}: ${issue?.message}`);
}

const damaged = (name: string, reason: string) =>
  new UserError({
    en: `“${name}” cannot be read: ${reason}. Export the project again, or let train.py write the file again.`,
    zh: `无法读取“${name}”：${reason}。请重新导出项目，或让 train.py 重新写出该文件。`,
  });
