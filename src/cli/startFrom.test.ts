import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../compile/initialize.ts';
import { checkedGraph } from '../engine/network.ts';
import type { Tensors } from '../engine/session.ts';
import { fittingWeights, frozenWeights, readWeights, writeWeights } from '../engine/weights.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { readProject, writeDocument, writeProject } from '../graph/file.ts';
import { defaultOptimizers, defaultRecipe } from '../graph/recipe.ts';
import { floatTensor } from '../ir/tensor.ts';
import type { Text } from '../text.ts';
import type { Options } from './command.ts';
import { networkOpener } from './networkFile.ts';
import { startChoice, startFrom } from './startFrom.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-from-'));
afterAll(() => rmSync(folder, { recursive: true }));

function netloom(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { LANG: _, LC_ALL: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args, '--threads', '1'], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** Two layers with weights. The learning rate is too small to change any weight. */
function network(hidden: number, frozen: readonly string[] = []): NetworkDocument {
  const rows: [string, string, Config][] = [
    ['input', 'in', { shape: [2] }],
    ['linear', 'fc1', { outFeatures: hidden }],
    ['relu', 'act', {}],
    ['linear', 'fc2', { outFeatures: 2 }],
    ['classifier', 'out', { classes: 2 }],
  ];
  const nodes = rows.map(([layer, name, config]) => {
    return { id: name, layer, name, config, position: { x: 0, y: 0 }, frozen: frozen.includes(name) };
  });
  const edges = rows.slice(1).map(([, name], i) => {
    return { id: name, from: { node: rows[i]?.[1] ?? '', port: 'y' }, to: { node: name, port: 'x' } };
  });
  const optimizer = { ...defaultOptimizers.sgd, learningRate: 1e-30 };
  const recipe = { ...defaultRecipe, optimizer, batchSize: 64, epochs: 1 };
  return { ...emptyDocument, nodes, edges, recipe, data: { ...emptyDocument.data, source: 'moons' } };
}

const initial = (document: NetworkDocument): Tensors => initialParameters(checkedGraph(document), document.recipe.seed);
const shifted = (weights: Tensors, by: number): Tensors =>
  new Map(
    [...weights].map(([name, { shape, data }]) => [
      name,
      floatTensor(
        shape,
        Float32Array.from(data as Float32Array, (x) => x + by),
      ),
    ]),
  );

const fresh = initial(network(8));
const held = shifted(fresh, 1);
const other = shifted(initial(network(8)), 2);

const write = (file: string, document: NetworkDocument, weights: Tensors | null = null): void => {
  const bytes =
    weights === null ? writeDocument(document) : writeProject({ document, weights: writeWeights(weights), others: {} });
  writeFileSync(join(folder, file), bytes);
};
write('plain.json', network(8));
write('frozen.json', network(8, ['fc1']));
write('held.netloom', network(8), held);
write('frozen.netloom', network(8, ['fc1']), held);
write('all-frozen.netloom', network(8, ['fc1', 'fc2']), held);
const heldFirst = { ...network(8), recipe: { ...network(8).recipe, start: 'held' as const } };
write('start.json', heldFirst);
write('start.netloom', heldFirst, held);
write('other.netloom', network(8), other);
write('half.netloom', network(8), new Map([...other].filter(([name]) => name.startsWith('fc1/'))));
write('wider.netloom', network(9), shifted(initial(network(9)), 2));

/** The origin of the initial weights of each layer by the rules of the engine, and the printed notes. */
async function start(file: string, options: Options) {
  const path = join(folder, file);
  const open = networkOpener([]);
  const project = await open(path);
  const graph = checkedGraph(project.document);
  const notes: Text[] = [];
  const chosen = await startFrom(graph, project, file, startChoice(options), {
    open,
    output: { note: (text) => notes.push(text), printJson: () => {} },
  });
  const weights = chosen.held === null ? new Map() : readWeights(chosen.held, file);
  const kept = { fresh: frozenWeights(graph, weights), redrawn: new Map(), current: weights, resume: null };
  const found = fittingWeights(graph, kept[chosen.weights] ?? new Map(), () => fresh).weights;
  const known = { fresh, held, other };
  const source = (name: string) =>
    Object.entries(known).find(([, each]) => String(each.get(name)?.data) === String(found.get(name)?.data))?.[0] ??
    '?';
  const sources = ['fc1', 'fc2'].map((layer) => source(`${layer}/weight`)).join(' ');
  return { sources, en: notes.map(({ en }) => en).join('\n'), zh: notes.map(({ zh }) => zh).join('\n') };
}

const from = (name: string): Options => ({ from: join(folder, name) });

describe('train starts from', () => {
  it.each<[file: string, options: Options, sources: string, note: RegExp]>([
    ['plain.json', {}, 'fresh fresh', /^$/],
    ['held.netloom', {}, 'fresh fresh', /^All layers start from random weights.*--from held$/],
    ['held.netloom', { from: 'fresh' }, 'fresh fresh', /^$/],
    ['start.netloom', {}, 'held held', /“start.netloom” \(2 of 2 layers\)/],
    ['start.netloom', { from: 'fresh' }, 'fresh fresh', /^$/],
    ['start.json', {}, 'fresh fresh', /^$/],
    ['held.netloom', { from: 'held' }, 'held held', /“held.netloom” \(2 of 2 layers\)/],
    ['frozen.netloom', {}, 'held fresh', /Frozen layers keep .*: fc1\. .*--redraw-frozen/],
    ['frozen.netloom', { from: 'fresh' }, 'held fresh', /Frozen layers keep/],
    ['frozen.netloom', { from: 'held' }, 'held held', /2 of 2/],
    ['frozen.netloom', { 'redraw-frozen': true }, 'fresh fresh', /^$/],
    ['all-frozen.netloom', {}, 'held held', /Frozen layers keep .*: fc1, fc2/],
    ['frozen.json', {}, 'fresh fresh', /without weights in “frozen.json” stay random: fc1/],
    ['plain.json', from('other.netloom'), 'other other', /other.netloom” \(2 of 2/],
    ['frozen.json', from('other.netloom'), 'other other', /other.netloom” \(2 of 2/],
    ['plain.json', from('half.netloom'), 'other fresh', /\(1 of 2 layers\)\. Random: fc2/],
  ])('%s %j', async (file, options, sources, note) => {
    const started = await start(file, options);
    expect(started.sources).toBe(sources);
    expect(started.en).toMatch(note);
    expect(started.zh === '').toBe(started.en === '');
  });

  it.each<[file: string, options: Options, message: RegExp]>([
    ['plain.json', { from: 'held' }, /“plain.json” contains no weights/],
    ['plain.json', from('frozen.json'), /frozen.json” contains no weights/],
    ['plain.json', from('nowhere.netloom'), /There is no file/],
    ['plain.json', from('wider.netloom'), /No weights in “.*wider.netloom” fit this network: .* fc1, fc2/],
    ['held.netloom', { resume: true, from: 'held' }, /--resume uses the weights of its run/],
    ['held.netloom', { from: 'held', 'redraw-frozen': true }, /--from held would have no effect/],
  ])('%s %j is refused', async (file, options, message) => {
    await expect(start(file, options)).rejects.toThrow(message);
  });

  it('the weights of the file for frozen layers', async () => {
    const { code, stderr } = await netloom('train', 'frozen.netloom', '-o', 'out.netloom');
    expect(stderr).toMatch(/Frozen layers keep the weights in “frozen.netloom”: fc1/);
    expect(code).toBe(0);
    const { weights } = readProject(readFileSync(join(folder, 'out.netloom')), 'out.netloom');
    const found = readWeights(weights ?? new Uint8Array(), 'out.netloom');
    expect(found.get('fc1/weight')?.data).toEqual(held.get('fc1/weight')?.data);
    expect(found.get('fc2/weight')?.data).toEqual(fresh.get('fc2/weight')?.data);
  });

  it('the weights of the file for frozen layers in every run of a sweep', async () => {
    const evaluated = await netloom('evaluate', 'all-frozen.netloom', '--json');
    const { loss } = JSON.parse(evaluated.stdout) as { loss: number };
    const { stdout } = await netloom('sweep', 'all-frozen.netloom', '--vary', 'recipe.batchSize=32,64', '--json');
    const runs = stdout.split('\n').filter((line) => line.includes('"event":"run"'));
    const losses = runs.map(
      (line) => (JSON.parse(line) as { last: { validation: { loss: number } } }).last.validation.loss,
    );
    expect(losses).toEqual([loss, loss]);
  });
});
