import { check } from '../check/check.ts';
import { checkedGraph } from '../engine/network.ts';
import { readWeights, weightsSha256 } from '../engine/weights.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { writeProject } from '../graph/file.ts';
import type { EngineEvent } from '../protocol.ts';
import { UserError } from '../text.ts';
import { type Command, intOption, type OptionSpec, type Options, positiveOption, stringOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { type EngineClient, startEngine } from './engineClient.ts';
import { checkOutput, openNetwork, writeWhole } from './networkFile.ts';
import { bar, counted, type Output, percent } from './output.ts';

export const recipeOptions: Readonly<Record<string, OptionSpec>> = {
  data: {
    type: 'string',
    value: 'SPEC',
    help: { en: 'mnist, or the path of IDX images', zh: 'mnist，或 IDX 图像文件路径' },
  },
  epochs: { type: 'string', value: 'N', help: { en: 'passes over the data', zh: '训练轮数' } },
  batch: { type: 'string', value: 'N', help: { en: 'samples per step', zh: '批量大小' } },
  lr: { type: 'string', value: 'X', help: { en: 'learning rate', zh: '学习率' } },
  seed: { type: 'string', value: 'N', help: { en: 'of initial weights and shuffling', zh: '初始权重与打乱的种子' } },
};

/** The document with its recipe and data as the options say. */
export function withRecipe(document: NetworkDocument, options: Options): NetworkDocument {
  const { recipe, data } = document;
  const learningRate = positiveOption(options, 'lr', 0.1) ?? recipe.optimizer.learningRate;
  return {
    ...document,
    data: { ...data, source: stringOption(options, 'data') ?? data.source },
    recipe: {
      ...recipe,
      optimizer: { ...recipe.optimizer, learningRate },
      batchSize: intOption(options, 'batch', 1, 32) ?? recipe.batchSize,
      epochs: intOption(options, 'epochs', 1, 10) ?? recipe.epochs,
      seed: intOption(options, 'seed', 0, 1) ?? recipe.seed,
    },
  };
}

export type RunEvent = Extract<EngineEvent, { kind: 'run' }>;
type EpochEvent = Extract<EngineEvent, { kind: 'epoch' }>;

/** What a finished run leaves. */
export interface TrainResult {
  readonly end: RunEvent;
  readonly last: EpochEvent | null;
  /** As a safetensors file. */
  readonly weights: Uint8Array;
}

/** Trains in the given engine and tells how it goes; the first interrupt stops the run and keeps its weights. */
export async function trainWith(engine: EngineClient, document: NetworkDocument, output: Output): Promise<TrainResult> {
  const run = 'cli';
  let last: EpochEvent | null = null;
  let state: RunEvent | null = null;
  const interrupt = () => {
    process.once('SIGINT', () => process.exit(130));
    output.note({ en: 'Stopping after this step …', zh: '完成本步后停止……' });
    engine.send({ kind: 'control', run, action: 'stop' });
  };
  process.once('SIGINT', interrupt);
  const end = await new Promise<RunEvent>((resolve) => {
    engine.onRun((event) => {
      if (event.kind === 'progress' && state !== null) output.progress(progressLine(event, state));
      if (event.kind === 'epoch') {
        last = event;
        tellEpoch(event, document.recipe.epochs, output);
      }
      if (event.kind !== 'run') return;
      state = event;
      if (event.state === 'done' || event.state === 'stopped' || event.state === 'failed') resolve(event);
    });
    engine.send({ kind: 'train', run, document, weights: 'fresh', paused: false });
  });
  process.off('SIGINT', interrupt);
  const answer = await engine.ask({ kind: 'getWeights' });
  return { end, last, weights: answer.kind === 'weights' ? answer.weights : new Uint8Array() };
}

function progressLine(event: Extract<EngineEvent, { kind: 'progress' }>, { steps }: RunEvent): string {
  const step = event.step.at(-1) ?? 0;
  const loss = event.loss.at(-1) ?? 0;
  return `${bar(step / steps)} ${step}/${steps}  loss ${loss.toFixed(4)}  ${Math.round(event.samplesPerSecond)}/s`;
}

function tellEpoch({ epoch, train, validation, seconds }: EpochEvent, epochs: number, output: Output): void {
  output.printJson({ event: 'epoch', epoch, train, validation, seconds });
  const time = `${seconds.toFixed(1)} s`;
  const trained = `${train.loss.toFixed(4)} ${percent(train.accuracy)}`;
  const held = `${validation.loss.toFixed(4)} ${percent(validation.accuracy)}`;
  output.note({
    en: `epoch ${epoch}/${epochs}  training ${trained}  validation ${held}  ${time}`,
    zh: `第 ${epoch}/${epochs} 轮  训练 ${trained}  验证 ${held}  ${time}`,
  });
}

export const train: Command = {
  name: 'train',
  args: 'FILE',
  summary: { en: 'trains a network', zh: '训练网络' },
  options: {
    ...recipeOptions,
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT.netloom',
      help: { en: 'where to save it with its weights', zh: '带权重的保存位置' },
    },
    ...deviceOptions,
  },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, files }) {
    const path = stringOption(options, 'output');
    const device = deviceOf(options);
    const project = await openNetwork(file);
    const document = withRecipe(project.document, options);
    checkedGraph(document);
    if (path !== undefined) await checkOutput(path);

    const { recipe } = document;
    const { params } = check(document).totals;
    const { learningRate } = recipe.optimizer;
    output.printJson({
      event: 'start',
      network: document.name,
      params,
      data: document.data.source,
      epochs: recipe.epochs,
      batch: recipe.batchSize,
      learningRate,
      seed: recipe.seed,
      provider: device.provider,
    });
    output.note({
      en: `${document.name}: ${counted(params)} parameters, ${recipe.epochs} epochs, batch ${recipe.batchSize}, learning rate ${learningRate}, seed ${recipe.seed}, on ${device.provider}`,
      zh: `${document.name}：${counted(params)} 个参数，${recipe.epochs} 轮，批量 ${recipe.batchSize}，学习率 ${learningRate}，种子 ${recipe.seed}，设备 ${device.provider}`,
    });
    const engine = startEngine({ files, device });
    const { end, last, weights } = await trainWith(engine, document, output);
    await engine.close();
    if (end.state === 'failed') throw new UserError(end.message ?? { en: 'Training failed.', zh: '训练失败。' });

    if (path !== undefined) await writeWhole(path, writeProject({ ...project, document, weights }));
    const validation = last?.validation ?? null;
    output.printJson({
      event: 'done',
      state: end.state,
      epochs: end.epoch,
      steps: end.step,
      validation,
      weightsSha256: weightsSha256(weights.length === 0 ? new Map() : readWeights(weights, 'weights')),
      output: path ?? null,
    });
    const accuracy = validation === null ? '–' : percent(validation.accuracy);
    output.print(
      output.words({
        en: `${end.step} steps done, validation accuracy ${accuracy}. ${path === undefined ? 'Nothing was saved: give -o OUT.netloom to keep it.' : `Saved to ${path}.`}`,
        zh: `共 ${end.step} 步，验证精度 ${accuracy}。${path === undefined ? '未保存：用 -o OUT.netloom 保存。' : `已保存到 ${path}。`}`,
      }),
    );
    return 0;
  },
};
