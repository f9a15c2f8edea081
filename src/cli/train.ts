import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { check } from '../check/check.ts';
import { factsOf, isOwn, splitCounts } from '../data/known.ts';
import { weightsEntry } from '../engine/checkpoint.ts';
import { withRelativeSource } from '../engine/data/relativeSource.ts';
import { failureText } from '../engine/failure.ts';
import type { EngineFiles } from '../engine/files.ts';
import { trainableGraph } from '../engine/network.ts';
import { checkProjectSize } from '../engine/projectSize.ts';
import type { Device } from '../engine/session.ts';
import { readWeights, weightsSha256 } from '../engine/weights.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { projectParts, RUNS } from '../graph/file.ts';
import type { RunEventOf } from '../protocol/runEvents.ts';
import { waitedIn, waitingRemark, waitingShare } from '../runs/waiting.ts';
import { type Text, UserError } from '../text.ts';
import { batchOrder } from './batchOrder.ts';
import { type Command, type IntRange, intOption, stringOption } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { type EngineClient, startEngine } from './engineClient.ts';
import { fineTuningOptions, movedWeights, withFineTuning } from './fineTuning.ts';
import { trainFolds } from './folds.ts';
import { onInterrupt, STOPPING } from './interrupts.ts';
import { bar, counted, countOf, type Output, percent } from './output.ts';
import { checkOutput, forceOption, writeOutput } from './outputFile.ts';
import { withFoundFiles, withMovedSource, withOpenedData } from './ownData.ts';
import { recipeOptions, withRecipe } from './recipeOptions.ts';
import { checkpointOf, printResumed, savedRun } from './resume.ts';
import { openSaver } from './saver.ts';
import { askedSplit, splitOption, withAskedSplit } from './splitOption.ts';
import { hold, type Start, startChoice, startFrom, startOptions } from './startFrom.ts';
import { printTransforms, transformsOption, withTransforms } from './transformsOption.ts';
import { usedLine } from './usedLine.ts';

export type RunStatus = RunEventOf<'run'>;
type EpochEvent = RunEventOf<'epoch'>;

/** The results of a finished run. */
export interface TrainResult {
  readonly end: RunStatus;
  readonly epochs: readonly EpochEvent[];
  /** Bytes of a safetensors file. */
  readonly weights: Uint8Array;
}

export interface TrainWith {
  readonly weights?: Start['weights'];
  /** Stops the run when it has completed this many steps in total. */
  readonly stopAfter?: number | undefined;
  readonly reportNorm?: boolean;
  /** Called after every epoch. Training does not wait for it. */
  onEpoch?(): void;
}

/** Trains in the given engine and prints the progress. The first interrupt stops the run and keeps its weights. */
export async function trainWith(
  engine: EngineClient,
  document: NetworkDocument,
  output: Output,
  { weights = 'fresh', stopAfter, reportNorm = false, onEpoch }: TrainWith = {},
): Promise<TrainResult> {
  const run = randomUUID();
  let norms: number[] = [];
  const epochs: EpochEvent[] = [];
  let state: RunStatus | null = null;
  const free = onInterrupt(() => {
    output.note(STOPPING);
    // If the engine has ended, the call that started the run reports it.
    engine.call('control', { run, action: 'stop' }).catch(() => {});
  });
  const end = await new Promise<RunStatus>((resolve, reject) => {
    engine.onRun((event) => {
      if (event.kind === 'progress' && state !== null) output.progress(progressLine(event, state));
      if (event.kind === 'progress') norms.push(...event.gradientNorm.filter((norm) => !Number.isNaN(norm)));
      if (event.kind === 'samples') {
        output.printJson({ event: 'samples', ...event.samples });
        output.note(usedLine(event.samples));
      }
      if (event.kind === 'epoch') {
        epochs.push(event);
        tellEpoch(event, document.recipe.epochs, norms, output);
        norms = [];
        onEpoch?.();
      }
      if (event.kind !== 'run') return;
      state = event;
      if (event.state === 'done' || event.state === 'stopped' || event.state === 'failed') resolve(event);
    });
    const stop = stopAfter === undefined ? {} : { stopAfter };
    engine.call('train', { run, document, weights, paused: false, reportNorm, ...stop }).catch(reject);
  }).finally(free);
  const answer = await engine.call('getWeights', {});
  return { end, epochs, weights: answer.weights };
}

function progressLine(event: RunEventOf<'progress'>, { steps }: RunStatus): string {
  const step = event.step.at(-1) ?? 0;
  const loss = event.loss.at(-1) ?? 0;
  return `${bar(step / steps)} ${step}/${steps}  loss ${loss.toFixed(4)}  ${Math.round(event.samplesPerSecond)}/s`;
}

/** Prints one line per epoch. `norms`: gradient norms of the steps of the epoch, if requested. */
function tellEpoch(
  { epoch, train, validation, seconds, waited }: EpochEvent,
  epochs: number,
  norms: readonly number[],
  output: Output,
): void {
  const mean = norms.length === 0 ? null : norms.reduce((a, b) => a + b, 0) / norms.length;
  const gradientNorm = mean === null ? {} : { gradientNorm: { mean, max: Math.max(...norms) } };
  output.printJson({ event: 'epoch', epoch, train, validation, seconds, waited, ...gradientNorm });
  const norm = mean === null ? '' : `  |∇| ${mean.toPrecision(3)}`;
  const time = `${seconds.toFixed(1)} s`;
  const trained = `${train.loss.toFixed(4)} ${percent(train.accuracy)}`;
  const held = `${validation.loss.toFixed(4)} ${percent(validation.accuracy)}`;
  output.note({
    en: `epoch ${epoch}/${epochs}  training ${trained}  validation ${held}${norm}  ${time}`,
    zh: `第 ${epoch}/${epochs} 轮  训练 ${trained}  验证 ${held}${norm}  ${time}`,
  });
}

const TRAINING_FAILED: Text = { en: 'Training failed.', zh: '训练失败。' };

/** Milliseconds between two looks at the decoding of images. */
const DECODING_LOOK = 100;

const STOP_AFTER: IntRange = { least: 0, most: Number.MAX_SAFE_INTEGER, example: 100 };

export const train: Command = {
  name: 'train',
  args: 'FILE',
  summary: { en: 'train a network', zh: '训练网络' },
  examples: [
    'train lenet_modern -o digits.netloom',
    'train digits.netloom -o digits.netloom --resume --epochs 20',
    'train mlp --epochs 3 --set recipe.optimizer.kind=adam --set fc1.outFeatures=64',
  ],
  options: {
    ...recipeOptions,
    split: splitOption,
    transforms: transformsOption,
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT.netloom',
      help: { en: 'path of the trained network', zh: '训练后网络的保存路径' },
    },
    force: forceOption,
    resume: {
      type: 'boolean',
      help: {
        en: 'resume the run saved in OUT.netloom (or FILE); results match an uninterrupted run',
        zh: '继续 OUT.netloom（或 FILE）中保存的训练，结果与未中断时完全一致',
      },
    },
    ...startOptions,
    ...fineTuningOptions,
    'export-order': {
      type: 'string',
      value: 'ORDER.json',
      help: {
        en: 'also write the sample order of every batch, for use in another program',
        zh: '同时写出每个小批量的样本顺序，供其他程序使用',
      },
    },
    'stop-after': {
      type: 'string',
      value: 'STEPS',
      help: { en: 'stop the run after this many steps', zh: '训练达到此步数后停止' },
    },
    'report-norm': {
      type: 'boolean',
      help: { en: 'print the norm of the gradients', zh: '输出梯度范数' },
    },
    ...deviceOptions,
  },
  arity: [1, 1],
  async run({ positionals: [file = ''], options, output, files, open }) {
    const path = stringOption(options, 'output');
    const choice = startChoice(options);
    const device = await deviceOf(options);
    const stopAfter = intOption(options, 'stop-after', STOP_AFTER);
    const resumed = options.resume === true ? await savedRun(file, path, open) : null;
    const project = resumed?.project ?? (await open(file));
    const given = stringOption(options, 'data');
    const moved = await withMovedSource(project.document, given);
    const found = await withFoundFiles(withRecipe(moved, options), given);
    const split = await askedSplit(options);
    const placed = split === null ? found : { ...found, data: withAskedSplit(found.data, split) };
    const transformed = await withTransforms(placed, options);
    const tuned = await withFineTuning(transformed, options, output, (own) =>
      openedOnce(own, { files, device, output }),
    );
    let { document } = tuned;
    if (split?.allFolds === true) {
      const weights = movedWeights(project.weights, tuned.moves, file);
      return trainFolds({ project: { ...project, weights }, document, options, output, files, device });
    }
    const graph = trainableGraph(document);
    if (path !== undefined) {
      checkProjectSize(graph);
      await checkOutput(path, {
        extension: '.netloom',
        input: file,
        options,
        mayReplace: (isInput) =>
          resumed?.isOutput === true || (isInput && (resumed !== null || project.weights === null)),
      });
    }
    const orderPath = stringOption(options, 'export-order');
    if (orderPath !== undefined) {
      await checkOutput(orderPath, {
        extension: '.json',
        option: '--export-order',
        input: file,
        options,
        mayReplace: () => false,
      });
    }
    if (resumed !== null) printResumed(resumed, document, stopAfter, output);

    const start: Start =
      resumed === null
        ? await startFrom(graph, project, file, choice, { open, output, moves: tuned.moves })
        : { weights: 'resume', held: null };

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
      ...(resumed === null ? {} : { resumed: { step: resumed.run.progress.step, epoch: resumed.run.progress.epoch } }),
    });
    output.note({
      en: `${document.name}: ${countOf(params, 'parameter')}, ${countOf(recipe.epochs, 'epoch')}, batch size ${recipe.batchSize}, learning rate ${learningRate}, seed ${recipe.seed}, on ${device.provider}`,
      zh: `${document.name}：${counted(params)} 个参数，${recipe.epochs} 轮，批量大小 ${recipe.batchSize}，学习率 ${learningRate}，随机种子 ${recipe.seed}，设备 ${device.provider}`,
    });
    printTransforms(document, output);
    if (orderPath !== undefined) {
      const order = JSON.stringify(await batchOrder(document, files));
      await writeOutput(orderPath, new TextEncoder().encode(`${order}\n`));
    }
    const engine = startEngine({ files, device });
    const others = Object.fromEntries(Object.entries(project.others).filter(([entry]) => !entry.startsWith(RUNS)));
    /** True while the output file contains a run that can be resumed. */
    let isSaved = resumed?.isOutput === true;
    const save = async (target: string, known?: Uint8Array) => {
      const entries = await checkpointOf(engine);
      const weights = known ?? weightsEntry(entries);
      const placed = withRelativeSource(document, target);
      await writeOutput(target, projectParts({ document: placed, weights, others: { ...others, ...entries } }));
      isSaved = true;
    };
    const saver = path === undefined ? null : openSaver(() => save(path), output);
    /** Adds to an error that the file contains an earlier state of the run. */
    const withSaved = (error: unknown) =>
      path !== undefined && isSaved ? goesOnFrom(path, failureText(error)) : error;
    /**
     * Saves the last good weights of a failed run. After a divergence these weights are poor, so they do not replace an
     * earlier saved state.
     */
    const failed = async ({ step, message, diverged }: RunStatus): Promise<unknown> => {
      const error = new UserError(message ?? TRAINING_FAILED);
      if (path === undefined || (diverged === true && isSaved)) return withSaved(error);
      if (step <= (resumed?.run.progress.step ?? 0)) return error;
      try {
        await save(path);
      } catch (second) {
        const { en, zh } = failureText(second);
        return withSaved(new UserError({ en: `${error.text.en} ${en}`, zh: `${error.text.zh}${zh}` }));
      }
      return savedUpTo(path, step, error.text);
    };
    // A run that stops before its first step has no weights of its own, and the engine may hold those of another run.
    // `--stop-after 0` asks for the initial weights.
    const startWeights = async () =>
      (stopAfter === 0 ? weightsEntry(await checkpointOf(engine)) : null) ?? new Uint8Array();
    const trained = async () => {
      document = await withOpenedData(engine, document, output, { whole: false });
      printLargeBatch(document, output);
      if (resumed === null) await hold(engine, start.held);
      else {
        // A run without remaining steps ends with the weights it was saved with.
        await hold(engine, resumed.project.weights ?? weightsEntry(resumed.entries));
        await engine.call('setLastRun', { entries: resumed.entries });
      }
      const result = await trainWith(engine, document, output, {
        weights: start.weights,
        stopAfter,
        reportNorm: options['report-norm'] === true,
        onEpoch: () => saver?.later(),
      }).catch((error) => {
        throw withSaved(error);
      });
      await saver?.idle();
      if (result.end.state === 'failed') {
        const isOther = await isOtherData(engine, document, output);
        throw isOther ? new UserError(result.end.message ?? TRAINING_FAILED) : await failed(result.end);
      }
      const weights = resumed === null && result.end.step === 0 ? await startWeights() : result.weights;
      if (path !== undefined && weights.length > 0) {
        await save(path, weights).catch((error) => {
          throw withSaved(error);
        });
      }
      return { ...result, weights };
    };
    const { end, epochs, weights } = await trained().finally(() => engine.close());

    const { history } = resumed?.run.progress ?? { history: [] };
    const records = [...history, ...epochs];
    const kept = end.kept ?? end.epoch;
    const validation = records.find(({ epoch }) => epoch === kept)?.validation ?? null;
    if (end.state === 'done' && end.message !== null) output.note(end.message);
    if (end.kept !== null) {
      output.note({
        en: `The trained network has the weights of epoch ${kept}, its best.`,
        zh: `训练后的网络采用最佳轮（第 ${kept} 轮）的权重。`,
      });
    }
    const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
    const waiting = waitingShare({ seconds, waited: waitedIn(epochs) ?? undefined });
    const remark = waitingRemark(waiting, document.data);
    if (remark !== null) output.note(remark);
    output.printJson({
      event: 'done',
      state: end.state,
      epochs: end.epoch,
      kept,
      steps: end.step,
      waiting,
      validation,
      weightsSha256: weightsSha256(weights.length === 0 ? new Map() : readWeights(weights, 'weights')),
      output: weights.length > 0 ? (path ?? null) : null,
    });
    const accuracy = percent(validation?.accuracy ?? null);
    const saved = savedText(weights.length > 0, path);
    output.print(
      output.words({
        en: `${countOf(end.step, 'step')} completed, validation accuracy ${accuracy}. ${saved.en}`,
        zh: `共 ${end.step} 步，验证精度 ${accuracy}。${saved.zh}`,
      }),
    );
    return 0;
  },
};

/** The document with the facts of its own data, read by an engine of its own. */
async function openedOnce(
  document: NetworkDocument,
  { files, device, output }: { files: EngineFiles; device: Device; output: Output },
): Promise<NetworkDocument> {
  const engine = startEngine({ files, device });
  const silent = { ...output, note: () => {} };
  return withOpenedData(engine, document, silent, { whole: false }).finally(() => engine.close());
}

/**
 * True where images cannot be decoded: without them the dataset is another, on which the run cannot be resumed. Waits until all such
 * images are known and noted on disk, so that the next start leaves them out.
 */
async function isOtherData(engine: EngineClient, document: NetworkDocument, output: Output): Promise<boolean> {
  if (!isOwn(document.data)) return false;
  for (;;) {
    const { progress } = await engine.call('decodingProgress', {});
    if (progress === null) break;
    if (progress.faults === 0) return false;
    output.progress(`${bar(progress.done / progress.total)} ${counted(progress.done)} / ${counted(progress.total)}`);
    await setTimeout(DECODING_LOOK);
  }
  const { facts } = await engine.call('openData', { document, asIs: false, whole: true });
  return facts.count !== document.data.facts?.count;
}

/** Warns about a batch size larger than the training set, which is rarely intended. */
function printLargeBatch({ data, recipe: { batchSize } }: NetworkDocument, output: Output): void {
  const facts = factsOf(data);
  const samples = facts === null ? null : (splitCounts(facts, data)?.train ?? null);
  if (samples === null || batchSize <= samples) return;
  output.note({
    en: `Batch size ${counted(batchSize)} is larger than the ${countOf(samples, 'training sample')}: each epoch is one step.`,
    zh: `批量大小 ${counted(batchSize)} 大于训练样本数 ${counted(samples)}：每轮只有一步。`,
  });
}

const goesOnFrom = (path: string, { en, zh }: Text): UserError =>
  new UserError({
    en: `${en} “${path}” contains the last saved state of the run: resume it with --resume.`,
    zh: `${zh}“${path}”中有上次保存的训练，可用 --resume 继续。`,
  });

const savedUpTo = (path: string, step: number, { en, zh }: Text): UserError =>
  new UserError({
    en: `${en} “${path}” contains the run up to step ${step}: resume it with --resume.`,
    zh: `${zh}“${path}”中有截至第 ${step} 步的训练，可用 --resume 继续。`,
  });

function savedText(isTrained: boolean, path: string | undefined): Text {
  if (!isTrained) return { en: 'There is nothing to save.', zh: '没有可保存的内容。' };
  if (path === undefined)
    return {
      en: 'Nothing was saved. To save the trained network, use -o OUT.netloom.',
      zh: '未保存。如需保存训练后的网络，请使用 -o OUT.netloom。',
    };
  return { en: `Saved to ${path}.`, zh: `已保存到 ${path}。` };
}
