import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { check } from '../check/check.ts';
import { costOf } from '../compile/footprint.ts';
import { measure } from '../engine/measure.ts';
import { checkedGraph } from '../engine/network.ts';
import { needProvider } from '../engine/providers.ts';
import { trainingTarget } from '../engine/selfCheck.ts';
import type { Device } from '../engine/session.ts';
import { type StepWork, stepTimeModel } from '../metrics/stepTime.ts';
import { PROVIDERS } from '../provider.ts';
import { UserError } from '../text.ts';
import { benchCheck } from './benchCheck.ts';
import { benchData } from './benchData.ts';
import { benchOpening } from './benchOpening.ts';
import { benchRun } from './benchRun.ts';
import {
  type Command,
  choiceOption,
  type IntRange,
  intOption,
  type OptionSpec,
  stringOption,
  UsageError,
} from './command.ts';
import { deviceOf, deviceOptions, THREADS } from './device.ts';
import { table } from './output.ts';
import { BATCH } from './recipeOptions.ts';

const options: Readonly<Record<string, OptionSpec>> = {
  batch: { type: 'string', value: 'N,…', help: { en: 'batch sizes (default: 32)', zh: '批量大小（默认 32）' } },
  steps: {
    type: 'string',
    value: 'N',
    help: { en: 'number of measured steps (default: 50)', zh: '测量步数（默认 50）' },
  },
  ...deviceOptions,
};

const checkOptions: Readonly<Record<string, OptionSpec>> = {
  check: {
    type: 'boolean',
    help: {
      en: 'instead, measure the time to check a network again after an edit',
      zh: '改为测量编辑后重新检查网络的耗时',
    },
  },
  layers: {
    type: 'string',
    value: 'N',
    help: { en: 'number of layers of that network (default: 1000)', zh: '该网络的层数（默认 1000）' },
  },
  data: {
    type: 'boolean',
    help: {
      en: 'instead, measure images per second: decoding, resizing, transforms, and batches against the training step',
      zh: '改为测量每秒图像数：解码、缩放、变换，以及小批量准备与训练步之比',
    },
  },
  opening: {
    type: 'boolean',
    help: {
      en: 'instead, measure the first and second opening of the dataset PATH, or of a folder of images that it makes',
      zh: '改为测量首次和再次打开数据集 PATH（或自动生成的图像文件夹）的耗时',
    },
  },
  images: {
    type: 'string',
    value: 'N',
    help: { en: 'number of images of that folder (default: 20000)', zh: '该文件夹的图像数（默认 20000）' },
  },
  run: {
    type: 'string',
    value: 'STEPS',
    help: {
      en: 'instead, train STEPS steps with checkpoints, as the app does; report memory, disk use and pause latency',
      zh: '改为训练 STEPS 步并保存检查点，报告内存、磁盘占用和暂停的响应时间',
    },
  },
};

const STEPS: IntRange = { least: 1, most: 1_000_000, example: 50 };
const LAYERS: IntRange = { least: 50, most: 100_000, example: 1000 };
const IMAGES: IntRange = { least: 100, most: 1_000_000, example: 1000 };
const RUN_STEPS: IntRange = { least: 10, most: 10_000_000, example: 25_000 };

/** The measurements of one network at one batch size, as printed by `--json`. */
interface Row extends Awaited<ReturnType<typeof measure>> {
  readonly network: string;
  readonly batch: number;
  readonly threads: number;
  readonly provider: string;
  readonly peakRssMb: number;
  /** Peak size of the tensors of a training step, computed from its program. */
  readonly stepMb: number;
  readonly work: StepWork;
  /** Step time predicted from the other rows; null without other rows. */
  readonly predictedMs: number | null;
}

/**
 * Measures one row. `bench` runs it in a new process per row, because the peak memory of a process covers all rows
 * measured in it.
 */
export const benchRow: Command = {
  name: 'bench-row',
  args: 'NETWORK',
  summary: { en: 'measure one row of bench', zh: '测量 bench 的一行' },
  examples: [],
  options,
  arity: [1, 1],
  hidden: true,
  async run({ positionals: [network = ''], options: given, output, open }) {
    const provider = choiceOption(given, 'provider', PROVIDERS) ?? 'cpu';
    const threads = intOption(given, 'threads', THREADS) ?? availableParallelism();
    const batch = intOption(given, 'batch', BATCH) ?? 32;
    const device: Device = { provider, threads };
    const { document } = await open(network);
    const times = await measure(document, { batch, steps: intOption(given, 'steps', STEPS) ?? 50, device });
    const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
    const graph = checkedGraph(document);
    const { training, ops, movedBytes: bytes } = costOf(graph, batch, await trainingTarget(device));
    const stepMb = Math.round(training.peak / 2 ** 20);
    const work = { macs: batch * check(document).totals.macs, bytes, ops };
    const row = { network, batch, threads, provider, ...times, peakRssMb, stepMb, work, predictedMs: null };
    output.printJson(row satisfies Row);
    return 0;
  },
};

export const bench: Command = {
  name: 'bench',
  args: '[NETWORK…|PATH]',
  summary: {
    en: 'measure the time per training step and per inference, and the peak memory',
    zh: '测量每个训练步与推理的耗时及内存峰值',
  },
  examples: [
    'bench lenet_modern --batch 32,128',
    'bench --check --layers 1000',
    'bench --data',
    'bench --opening --images 1000',
  ],
  options: { ...options, ...checkOptions },
  arity: [0, Number.POSITIVE_INFINITY],
  async run({ positionals, options: given, output, script, files, open, templates }) {
    if (given.check === true) {
      benchCheck(output, intOption(given, 'layers', LAYERS) ?? 1000, intOption(given, 'steps', STEPS) ?? 50);
      return 0;
    }
    if (given.data === true) {
      const { document } = await open(positionals[0] ?? 'lenet');
      const device = await deviceOf(given);
      await benchData(document, {
        output,
        steps: intOption(given, 'steps', STEPS) ?? 50,
        device,
        script: files.batches,
      });
      return 0;
    }
    if (given.opening === true) {
      await benchOpening(positionals[0], { output, files, images: intOption(given, 'images', IMAGES) ?? 20_000 });
      return 0;
    }
    const steps = intOption(given, 'run', RUN_STEPS);
    if (steps !== undefined) {
      const { document } = await open(positionals[0] ?? 'lenet_modern');
      await benchRun(document, steps, { output, files, device: await deviceOf(given) });
      return 0;
    }
    const batches = (stringOption(given, 'batch') ?? '32').split(',').map(Number);
    if (!batches.every((batch) => Number.isSafeInteger(batch) && batch >= 1)) {
      throw new UsageError({
        en: `--batch must be whole numbers separated by commas, not “${given.batch}”. For example: --batch 32,64,256`,
        zh: `--batch 应为逗号分隔的整数，而不是“${given.batch}”。例如：--batch 32,64,256`,
      });
    }
    intOption(given, 'steps', STEPS);
    intOption(given, 'threads', THREADS);
    await needProvider(choiceOption(given, 'provider', PROVIDERS) ?? 'cpu');
    const networks = positionals.length > 0 ? positionals : templates.starters.map(({ id }) => id);
    for (const network of networks) await open(network);

    const passed = ['steps', 'threads', 'provider'].flatMap((name) => {
      const value = stringOption(given, name);
      return value === undefined ? [] : [`--${name}`, value];
    });
    const { words, print } = output;
    const measured: Row[] = [];
    for (const network of networks) {
      for (const batch of batches) {
        output.progress(words({ en: `${network}, batch size ${batch}`, zh: `${network}，批量大小 ${batch}` }));
        const row = await runRow(script, [network, '--batch', `${batch}`, ...passed]);
        measured.push(row);
      }
    }
    const rows = measured.map((row) => ({ ...row, predictedMs: predicted(row, measured) }));
    for (const row of rows) output.printJson(row);
    const head = [
      ['network', '网络'],
      ['batch size', '批量大小'],
      ['threads', '线程'],
      ['train ms', '训练 ms'],
      ['min–max', '最小–最大'],
      ['estimated ms', '估计 ms'],
      ['infer ms', '推理 ms'],
      ['compile ms', '编译 ms'],
      ['session ms', '会话 ms'],
      ['peak MB', '内存峰值 MB'],
      ['step MB', '训练步张量 MB'],
    ].map(([en = '', zh = '']) => words({ en, zh }));
    const lines = rows.map(({ train, infer, ...row }) => [
      row.network,
      `${row.batch}`,
      `${row.threads}`,
      train.medianMs.toFixed(2),
      `${train.minMs.toFixed(2)}–${train.maxMs.toFixed(2)}`,
      row.predictedMs?.toFixed(2) ?? '–',
      infer.medianMs.toFixed(2),
      row.compileMs.toFixed(0),
      row.sessionMs.toFixed(0),
      `${row.peakRssMb}`,
      `${row.stepMb}`,
    ]);
    for (const line of table([head, ...lines], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])) print(line);
    return 0;
  },
};

/**
 * Step time estimated from the other rows only. Its distance from the measured time shows how good estimates are on
 * this computer.
 */
function predicted(row: Row, rows: readonly Row[]): number | null {
  const others = rows.filter((other) => other !== row);
  const model = stepTimeModel(others.map(({ work, train }) => ({ ...work, ms: train.medianMs })));
  return model?.(row.work) ?? null;
}

async function runRow(script: string, args: readonly string[]): Promise<Row> {
  const child = promisify(execFile)(process.execPath, [script, 'bench-row', ...args, '--json'], { maxBuffer: 1 << 24 });
  const { stdout } = await child.catch((error: { stdout?: string; message: string }) => {
    const lastLine = error.stdout?.trim().split('\n').at(-1) ?? '';
    const reason = lastLine.startsWith('{"error"') ? (JSON.parse(lastLine) as { error: string }).error : error.message;
    throw new UserError({ en: reason, zh: reason });
  });
  return JSON.parse(stdout) as Row;
}
