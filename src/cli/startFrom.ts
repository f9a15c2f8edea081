import { existsSync } from 'node:fs';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { OpenedProject } from '../engine/projectFile.ts';
import {
  noWeights,
  readWeightSource,
  sourceOfWeights,
  takenWeights,
  type WeightSource,
} from '../engine/weightSource.ts';
import { fittingWeights, frozenWeights, readWeights, writeWeights } from '../engine/weights.ts';
import type { WeightMoves } from '../graph/weightMoves.ts';
import { shapeText } from '../layers/config.ts';
import { matchWeights, targetsOf, type WeightTable } from '../plan/matchWeights.ts';
import { rowText } from '../plan/weightTableText.ts';
import type { TrainArgs } from '../protocol/training.ts';
import { type Language, type Text, UserError } from '../text.ts';
import { type OptionSpec, type Options, stringOption, UsageError } from './command.ts';
import type { EngineClient } from './engineClient.ts';
import { movedWeights } from './fineTuning.ts';
import type { OpenNetwork } from './networkFile.ts';
import { type Output, table } from './output.ts';

/** Options of `train` for the initial weights of a run. */
export const startOptions: Readonly<Record<string, OptionSpec>> = {
  from: {
    type: 'string',
    value: 'held|fresh|FILE',
    help: {
      en: 'initial weights: held (the weights in FILE), fresh (random; default; frozen layers keep their weights), or those of another project, an ONNX model or a safetensors file',
      zh: '初始权重：held 使用 FILE 中的权重，fresh 重新随机初始化（默认；冻结的层保留权重），或使用另一个项目、ONNX 模型或 safetensors 文件的权重',
    },
  },
  'redraw-frozen': {
    type: 'boolean',
    help: { en: 'also initialize frozen layers randomly', zh: '冻结的层也重新随机初始化' },
  },
};

type Note = Pick<Output, 'note'>;
type TableOutput = Pick<Output, 'note' | 'printJson'>;
type Weights = TrainArgs['weights'];

/** The initial weights of a run: the bytes of a safetensors file, and how the engine uses them. */
export interface Start {
  readonly weights: Weights;
  readonly held: Uint8Array | null;
}

/** Reads the user's choice. Throws UsageError if the options contradict each other. */
export function startChoice(options: Options): { readonly from: string | undefined; readonly redraw: boolean } {
  const from = stringOption(options, 'from');
  const redraw = options['redraw-frozen'] === true;
  if (options.resume === true && (from !== undefined || redraw)) throw resumes();
  if (redraw && from !== undefined && from !== 'fresh') throw redrawsOnlyFresh(from);
  return { from, redraw };
}

/** Reads the initial weights and prints which are used. `file`: name of the project. Throws UserError. */
export async function startFrom(
  graph: CheckedGraph,
  project: OpenedProject,
  file: string,
  { from, redraw }: ReturnType<typeof startChoice>,
  {
    open,
    output,
    moves = [],
  }: { readonly open: OpenNetwork; readonly output: TableOutput; readonly moves?: readonly WeightMoves[] },
): Promise<Start> {
  if (redraw) return { weights: 'redrawn', held: null };
  if (project.notice !== null) output.note(project.notice);
  const held = movedWeights(project.weights, moves, file);
  const byRecipe = from === undefined && graph.document.recipe.start === 'held' && held !== null;
  if (from === 'held' || byRecipe) return { weights: 'current', held: fitting(graph, held, file, output) };
  if (from !== undefined && from !== 'fresh') {
    return { weights: 'current', held: matched(graph, await sourceFrom(from, open), moves, output) };
  }
  tellFresh(graph, held, file, from === undefined, output);
  return { weights: 'fresh', held };
}

/** Sends the weights to the engine, where they replace those of an earlier run. */
export async function hold(engine: EngineClient, weights: Uint8Array | null): Promise<void> {
  if (weights !== null) await engine.call('setWeights', { weights: new Uint8Array(weights) });
}

const layersOf = (names: Iterable<string>): readonly string[] => [
  ...new Set([...names].map((name) => name.slice(0, name.lastIndexOf('/')))),
];

const NAMED = 6;
function listed(names: readonly string[]): Text {
  const more = names.length - NAMED;
  const list = (comma: string): string => names.slice(0, NAMED).join(comma);
  return more > 0
    ? { en: `${list(', ')} and ${more} more`, zh: `${list('、')} 等 ${names.length} 层` }
    : { en: list(', '), zh: list('、') };
}

function tellFresh(graph: CheckedGraph, held: Uint8Array | null, file: string, byDefault: boolean, output: Note): void {
  const frozen = graph.nodes.filter(
    ({ node, params, buffers }) => node.frozen === true && Object.keys({ ...params, ...buffers }).length > 0,
  );
  const weights = held === null ? new Map() : readWeights(held, `${file}/weights.safetensors`);
  const kept = layersOf(frozenWeights(graph, weights).keys());
  if (kept.length > 0) {
    const { en, zh } = listed(kept);
    output.note({
      en: `Frozen layers keep the weights in “${file}”: ${en}. To initialize them too: --redraw-frozen`,
      zh: `冻结的层保留“${file}”中的权重：${zh}。如需一并重新初始化：--redraw-frozen`,
    });
  }
  const random = frozen.map(({ node }) => node.name).filter((name) => !kept.includes(name));
  if (random.length > 0) {
    const { en, zh } = listed(random);
    output.note({
      en: `Frozen layers without weights in “${file}” stay random: ${en}. To use the weights of another project: --from FILE`,
      zh: `“${file}”中没有以下冻结层的权重，它们将保持随机：${zh}。如需采用另一个项目的权重：--from FILE`,
    });
  }
  if (held === null || !byDefault) return;
  const layers: Text =
    kept.length === 0 ? { en: 'All layers', zh: '所有层' } : { en: 'The other layers', zh: '其余各层' };
  output.note({
    en: `${layers.en} start from random weights. To start from the weights in “${file}”: --from held`,
    zh: `${layers.zh}从随机权重开始。如需从“${file}”中的权重开始：--from held`,
  });
}

/** Reads a file with weights, or the weights of a network that ships with Netloom. Throws UserError. */
async function sourceFrom(from: string, open: OpenNetwork): Promise<WeightSource> {
  if (existsSync(from)) return readWeightSource(from, from);
  const { weights } = await open(from, 'strict', ['held', 'fresh']);
  if (weights === null) throw noWeights(from);
  return sourceOfWeights(readWeights(weights, `${from}/weights.safetensors`), from);
}

/**
 * The weights of another file for this network, with the table of their sources. A replaced head takes none. Throws
 * UserError if no layer gets all of its weights.
 */
function matched(graph: CheckedGraph, source: WeightSource, moves: readonly WeightMoves[], output: TableOutput) {
  const renewed = moves.flat().flatMap(({ from, aside }) => (aside === 'all' ? [`${from}/`] : []));
  const targets = targetsOf(graph);
  const none = targets.filter(({ name }) => renewed.some((layer) => name.startsWith(layer)));
  const chosen = Object.fromEntries(none.map(({ name }) => [name, null]));
  const table = matchWeights(targets, source.tensors, chosen);
  const missing = table.rows.filter((row) => row.source === null).map(({ name }) => name);
  const [all, fresh] = [layersOf(targets.map(({ name }) => name)), layersOf(missing)];
  if (all.length > 0 && fresh.length === all.length) throw noneFit(source.name, fresh);
  printTable(table, output);
  noteTaken(source.name, all, fresh, output);
  return writeWeights(takenWeights(table, source));
}

/**
 * Checks that at least some of the weights fit the network, and prints the layers without fitting weights. Throws
 * UserError if none fit.
 */
function fitting(graph: CheckedGraph, held: Uint8Array | null, file: string, output: Note): Uint8Array {
  if (held === null) {
    throw new UserError({
      en: `“${file}” contains no weights. Train it first, or leave out --from.`,
      zh: `“${file}”不含权重，无法作为起点。请先训练它，或去掉 --from。`,
    });
  }
  const all = layersOf(
    graph.nodes.flatMap(({ node, params, buffers }) =>
      Object.keys({ ...params, ...buffers }).map((key) => `${node.name}/${key}`),
    ),
  );
  const { missing } = fittingWeights(graph, readWeights(held, `${file}/weights.safetensors`), () => new Map());
  const fresh = layersOf(missing);
  if (all.length > 0 && fresh.length === all.length) {
    throw noneFit(file, fresh);
  }
  noteTaken(file, all, fresh, output);
  return held;
}

function noneFit(file: string, fresh: readonly string[]): UserError {
  const { en, zh } = listed(fresh);
  return new UserError({
    en: `No weights in “${file}” fit this network: no layer of ${en} finds all of its weights by name or shape. Use a file of the same network, or leave out --from.`,
    zh: `“${file}”中没有适合此网络的权重：${zh} 均无法按名称或形状找到全部权重。请使用同一网络的文件，或去掉 --from。`,
  });
}

function noteTaken(file: string, all: readonly string[], fresh: readonly string[], output: Note): void {
  const { en, zh } = listed(fresh);
  const taken = all.length - fresh.length;
  output.note({
    en: `Starting from the weights in “${file}” (${taken} of ${all.length} layers).${fresh.length === 0 ? '' : ` Random: ${en}.`}`,
    zh: `从“${file}”中的权重开始（${all.length} 层中的 ${taken} 层）。${fresh.length === 0 ? '' : `随机初始化：${zh}。`}`,
  });
}

/** Prints the source of every weight: as lines if any was not found by its path, and always for --json. */
function printTable({ rows, unused }: WeightTable, { note, printJson }: TableOutput): void {
  printJson({
    event: 'weights',
    rows: rows.map(({ name, shape, source, rule, gap, ...row }) => ({
      name,
      shape,
      source,
      rule,
      ...(source === null ? { gap } : { transposed: 'transposed' in row && row.transposed }),
    })),
    unused: unused.map(({ name, shape }) => ({ name, shape })),
  });
  if (rows.every(({ rule }) => rule === 'path')) return;
  const lines = (language: Language): string =>
    table([
      ...rows.map((row) => [row.name, shapeText(row.shape), row.source ?? '–', rowText(row)[language]]),
      ...unused.map(({ name, shape }) => ['–', shapeText(shape), name, unusedText[language]]),
    ]).join('\n');
  note({ en: lines('en'), zh: lines('zh') });
}

const unusedText: Text = { en: 'not used', zh: '未使用' };

const resumes = (): UsageError =>
  new UsageError({
    en: '--resume uses the weights of its run. Leave out --from and --redraw-frozen, or --resume.',
    zh: '--resume 从该次训练的权重继续。请去掉 --from 和 --redraw-frozen，或去掉 --resume。',
  });

const redrawsOnlyFresh = (from: string): UsageError =>
  new UsageError({
    en: `--redraw-frozen initializes all layers, so --from ${from} would have no effect. Leave one of them out.`,
    zh: `--redraw-frozen 会初始化所有层，因此 --from ${from} 不起作用。请去掉其中之一。`,
  });
