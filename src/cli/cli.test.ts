import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { readProject, writeDocument, writeProject } from '../graph/file.ts';
import { readModel } from '../onnx/read.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-cli-'));
const inFolder = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command in the folder of the test, without the environment variables set by the test runner. */
function netloom(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const { ORT_DISABLE_TELEMETRY: _, LANG: __, LC_ALL: ___, ...own } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { cwd: folder, env: { ...own, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const lines = ({ stdout }: Run) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const softmax = templateOf('softmax_regression')?.document as NetworkDocument;
const short: NetworkDocument = { ...softmax, recipe: { ...softmax.recipe, batchSize: 256, epochs: 1 } };
const lenet = templateOf('lenet_modern')?.document as NetworkDocument;

/** LeNet with a second edge into conv1 from a later layer, which makes a cycle. */
const cycle: NetworkDocument = {
  ...lenet,
  edges: lenet.edges.map((edge) => (edge.to.node === 'conv1' ? { ...edge, from: { node: 'act2', port: 'y' } } : edge)),
};
const unconnected: NetworkDocument = { ...lenet, edges: lenet.edges.filter(({ to }) => to.node !== 'conv2') };
const wrongShape: NetworkDocument = {
  ...lenet,
  nodes: lenet.nodes.map((node) =>
    node.name === 'fc3' ? { ...node, config: { ...node.config, outFeatures: 7 } } : node,
  ),
};
const whole = writeProject({ document: short, weights: null, others: {} });

const vast: NetworkDocument = {
  ...lenet,
  nodes: lenet.nodes.map((node) =>
    ['fc1', 'fc2'].includes(node.name) ? { ...node, config: { ...node.config, outFeatures: 1_000_000 } } : node,
  ),
};
writeFileSync(inFolder('vast.json'), writeDocument(vast));
writeFileSync(inFolder('short.json'), writeDocument(short));
writeFileSync(inFolder('cycle.json'), writeDocument(cycle));
writeFileSync(inFolder('unconnected.json'), writeDocument(unconnected));
writeFileSync(inFolder('wrongShape.json'), writeDocument(wrongShape));
writeFileSync(inFolder('cut.netloom'), whole.subarray(0, whole.length - 40));
writeFileSync(inFolder('other.json'), '{"nodes": [], "links": []}');
writeFileSync(inFolder('newer.json'), writeDocument({ ...short, version: 4 as 3 }));
writeFileSync(inFolder('nan.json'), writeDocument(short).replace(/"learningRate": [\d.]+/, '"learningRate": null'));
writeFileSync(inFolder('kept.onnx'), 'what was there before');
writeFileSync(inFolder('kept.netloom'), 'what was there before');
writeFileSync(
  inFolder('digit.pgm'),
  Buffer.concat([
    Buffer.from('P5\n# a comment\n28 28\n255\n'),
    Buffer.from(Uint8Array.from({ length: 784 }, (_, i) => i % 256)),
  ]),
);
writeFileSync(inFolder('small.pgm'), Buffer.from('P5 2 2 255\n\0\x01\x02\x03', 'latin1'));
writeFileSync(inFolder('blank.pgm'), Buffer.concat([Buffer.from('P5 28 28 255\n'), Buffer.alloc(784, 128)]));
writeFileSync(inFolder('cut.pgm'), Buffer.from('P5 28 28 255\n....'));
writeFileSync(inFolder('sample.json'), JSON.stringify(Array.from({ length: 28 }, () => new Array(28).fill(0.5))));

describe('wrong input', () => {
  it.each<[string[], 1 | 2, RegExp]>([
    [['fly'], 2, /Unknown command “fly”.*check, compare, train/],
    [['trian'], 2, /Unknown command “trian”\. Did you mean train\?/],
    [['check'], 2, /Usage: netloom check FILE/],
    [['compare', 'lenet'], 2, /Usage: netloom compare A B/],
    [['check', 'a', 'b'], 2, /Usage: netloom check FILE/],
    [['check', 'short.json', '--fast'], 2, /Unknown option “--fast”.*netloom help check/],
    [['check', 'lenet_moden'], 1, /Did you mean lenet_modern\?$/m],
    [['check', 'nothing.json'], 1, /no file or template “nothing\.json”/],
    [['check', '.'], 1, /“\.” is a folder/],
    [['check', 'other.json'], 1, /“other\.json” is a JSON file with other contents, not a network/],
    [
      ['train', 'newer.json', '-o', 'kept.netloom'],
      1,
      /format version 4, but this version of Netloom reads up to 3\. Update Netloom/,
    ],
    [
      ['export', 'newer.json', '-o', 'kept.onnx'],
      1,
      /format version 4, but this version of Netloom reads up to 3\. Update Netloom/,
    ],
    [['train', 'nan.json'], 1, /recipe\.optimizer\.learningRate/],
    [['train', 'cycle.json', '-o', 'kept.netloom'], 1, /The network has .*(cycle|loop|circle)/i],
    [['train', 'unconnected.json', '-o', 'kept.netloom'], 1, /The network has .*conv2/],
    [
      ['train', 'short.json', '--lr', 'nan', '-o', 'kept.netloom'],
      2,
      /--lr must be a number greater than 0, not “nan”/,
    ],
    [['train', 'short.json', '--lr', '-1'], 2, /--lr/],
    [['train', 'short.json', '--lr', 'Infinity'], 2, /--lr must be a number greater than 0/],
    [['train', 'short.json', '--epochs', '0'], 2, /--epochs must be a whole number from 1 to 1000000, not “0”/],
    [['train', 'short.json', '--epochs', '-3'], 2, /--epochs must be a whole number from 1 to 1000000, not “-3”/],
    [['train', 'short.json', '--data', ''], 2, /--data has an empty value/],
    [['train', 'short.json', '--threads', '1000000'], 2, /--threads must be a whole number from 1 to/],
    [['train', 'short.json', '--batch', '1.5'], 2, /--batch must be a whole number/],
    [['train', 'short.json', '--seed', 'x'], 2, /--seed must be a whole number/],
    [['train', 'short.json', '--provider', 'abacus'], 2, /--provider must be one of cpu, cuda/],
    [
      ['train', 'short.json', '--data', 'cats', '-o', 'kept.netloom', '--force'],
      1,
      /“cats” is not included in Netloom/,
    ],
    [['train', 'short.json', '--data', 'images-idx3-ubyte'], 1, /There is no file or folder “images-idx3-ubyte”/],
    [['train', 'short.json', '-o', 'no/such/folder/a.netloom'], 1, /folder “no\/such\/folder” does not exist/],
    [['train', 'short.json', '-o', '.'], 1, /is a folder/],
    [
      ['train', 'short.json', '--lr', '1e38', '--epochs', '2', '-o', 'kept.netloom', '--force'],
      1,
      /NaN or infinite.*learning rate/,
    ],
    [['train', 'vast.json', '-o', 'vast.netloom'], 1, /needs 12 TB, but the maximum size of a project is 4\.3 GB/],
    [['export', 'short.json'], 2, /Give a path for the exported file/],
    [['train', 'short.json', '-o', 'kept.netloom'], 2, /“kept\.netloom” already exists.*--force/],
    [['train', 'short.json', '-o', 'short.onnx'], 2, /must end in \.netloom.*-o short\.netloom/],
    [['export', 'short.json', '-o', 'kept.onnx'], 2, /“kept\.onnx” already exists.*--force/],
    [['export', 'short.json', '-o', 'short.netloom'], 2, /must end in \.onnx.*-o short\.onnx/],
    [['export', 'short.json', '-o', 'kept.onnx', '--opset', '3', '--force'], 1, /opset 3 is not supported/],
    [['export', 'cycle.json', '-o', 'kept.onnx'], 1, /The network has/],
    [['export', 'cut.netloom', '-o', 'kept.onnx'], 1, /“cut\.netloom” is damaged or incomplete/],
    [['predict', 'short.json'], 2, /Usage: netloom predict FILE INPUT/],
    [['predict', 'short.json', 'mnist:10000'], 1, /has samples 0 to 9999/],
    [['predict', 'short.json', '/dev/zero'], 1, /is a device or a pipe/],
    [['train', 'short.json', '--from', 'hled'], 1, /There is no file or template “hled”.*Did you mean held\?/],
    [
      ['check', 'no/such/path.json'],
      1,
      /no file or template “.*”\. Check the path, or use a template: netloom templates\n$/,
    ],
    [['train', 'short.json', '--export-order', 'order.txt'], 2, /--export-order order\.json/],
    [['predict', 'short.json', 'nothing.pgm'], 1, /There is no file or folder “nothing\.pgm”/],
    [['predict', 'short.json', 'cut.pgm'], 1, /not a complete 8-bit PGM image/],
    [['predict', 'short.json', 'blank.pgm'], 1, /“blank\.pgm” is blank/],
    [['predict', 'short.json', 'small.pgm'], 1, /784 values; this sample has 4/],
    [['predict', 'short.json', 'other.json'], 1, /“other\.json” contains no sample/],
    [['evaluate', 'wrongShape.json'], 1, /The network has an error.*10 classes/],
    [['verify', 'other.json'], 1, /not a list of golden cases/],
    [['bench', 'short.json', '--batch', '0'], 2, /--batch must be whole numbers separated by commas/],
  ])('%j', async (args, code, message) => {
    const run = await netloom(args);
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(code);
    expect(run.stdout).toBe('');
    // No file is overwritten, and no partly written file is left.
    expect(readFileSync(inFolder('kept.onnx'), 'utf8')).toBe('what was there before');
    expect(readFileSync(inFolder('kept.netloom'), 'utf8')).toBe('what was there before');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.each([
    ['cycle.json', /cycle|loop|circle/],
    ['unconnected.json', /unconnected|missing|input/],
    ['wrongShape.json', /class-count/],
  ])('check prints the problems of %s as text and JSON', async (file, code) => {
    const run = await netloom(['check', file, '--json']);
    expect(run.code).toBe(1);
    const [report] = lines(run) as [
      { diagnostics: { severity: string; code: string; node: string; message: string }[] },
    ];
    expect(report.diagnostics[0]).toMatchObject({ severity: 'error', code: expect.stringMatching(code) });
    const plain = await netloom(['check', file]);
    expect(plain.code).toBe(1);
    expect(plain.stdout).toContain(report.diagnostics[0]?.message);
  });

  it.each([
    ['newer.json', /format version 4; this version reads up to 3/],
    ['cut.netloom', /The file is damaged or incomplete\./],
    ['nan.json', /“recipe\.optimizer\.learningRate” could not be read/],
  ])('check checks the readable part of %s and names the unreadable part', async (file, remark) => {
    const run = await netloom(['check', file, '--json']);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(remark);
    expect(lines(run)).toMatchObject([{ diagnostics: [], totals: { params: 7850 } }]);
  });

  it('messages are Chinese with --lang zh or a Chinese environment', async () => {
    expect((await netloom(['check', 'nothing.json', '--lang', 'zh'])).stderr).toMatch(/没有文件或模板“nothing\.json”/);
    expect((await netloom(['check', 'nothing.json'], { LANG: 'zh_CN.UTF-8' })).stderr).toMatch(/没有文件/);
    expect((await netloom(['check', 'nothing.json', '--lang', 'fr'])).code).toBe(2);
  });
});

describe('the commands', () => {
  it('check prints shapes, parameters and MACs', async () => {
    const run = await netloom(['check', 'lenet_modern', '--json']);
    expect(run.code).toBe(0);
    expect(lines(run)).toMatchObject([
      {
        diagnostics: [],
        nodes: expect.arrayContaining([
          { name: 'conv2', layer: 'conv2d', output: [16, 10, 10], params: 2416, macs: 240_000 },
        ]),
        totals: { params: 61_706, trainableParams: 61_706, macs: 416_520 },
      },
    ]);
  });

  it('compare prints the differences as text and JSON', async () => {
    const run = await netloom(['compare', 'resnet18', 'resnet34', '--json']);
    expect(run.code).toBe(0);
    const extra = { params: 73_984, macs: 231_211_008 };
    expect(lines(run)).toMatchObject([
      {
        rows: expect.arrayContaining([
          expect.objectContaining({
            state: 'changed',
            changes: [{ what: 'config.blocks', from: 2, to: 3 }],
            difference: extra,
            inside: expect.arrayContaining([
              expect.objectContaining({
                state: 'added',
                a: null,
                b: { name: 'stage1/block3', layer: 'residual', output: [64, 56, 56], ...extra },
              }),
            ]),
          }),
        ]),
        counts: { added: 8, removed: 0, changed: 4 },
        totals: { difference: { params: 10_108_160, macs: 1_849_688_064 } },
      },
    ]);
    const plain = await netloom(['compare', 'resnet18', 'resnet34']);
    expect(plain.stdout).toMatch(/≠ stage1 +Residual stage +Blocks 2 → 3 +\+73,984 +\+231,211,008\n {2}\+ block3 /);
    expect((await netloom(['compare', 'lenet', 'lenet', '--lang', 'zh'])).stdout).toMatch(/两个网络相同/);
    expect((await netloom(['compare', 'lenet', 'unconnected.json'])).code).toBe(1);
  });

  describe('train, evaluate, predict and export work in sequence:', () => {
    const train = (...more: readonly string[]) =>
      netloom(['train', 'short.json', '--lr', '0.2', '--seed', '5', '--json', ...more]);
    let trained: Awaited<ReturnType<typeof netloom>>;
    beforeAll(async () => {
      trained = await train('-o', 'out.netloom');
    });
    const done = () => lines(trained).at(-1);

    it('train writes a project', () => {
      expect(trained.code).toBe(0);
      const [start, samples, epoch] = lines(trained);
      expect(samples).toMatchObject({
        event: 'samples',
        train: 8000,
        validation: 2000,
        test: 0,
        kind: 'share',
        seed: 1,
      });
      expect(start).toMatchObject({ event: 'start', params: 7850, learningRate: 0.2, seed: 5, epochs: 1, batch: 256 });
      expect(epoch).toMatchObject({
        event: 'epoch',
        epoch: 1,
        train: { loss: expect.any(Number) },
        seconds: expect.any(Number),
      });
      expect(done()).toMatchObject({ event: 'done', epochs: 1, steps: 32, output: 'out.netloom' });
      expect(done()?.weightsSha256).toMatch(/^[0-9a-f]{64}$/);
      expect(done()?.validation).toEqual(epoch?.validation);

      const project = readProject(readFileSync(inFolder('out.netloom')), 'out.netloom');
      expect(project.document.recipe).toMatchObject({ seed: 5, optimizer: { learningRate: 0.2 } });
      expect(project.weights?.length).toBeGreaterThan(4 * 7850);
    });

    it('the same run results in the same weights', async () => {
      expect(lines(await train()).at(-1)).toMatchObject({ weightsSha256: done()?.weightsSha256, output: null });
    });

    it('evaluate measures it', async () => {
      const evaluated = lines(await netloom(['evaluate', 'out.netloom', '--json']))[0];
      expect(evaluated).toMatchObject(done()?.validation as object);
      expect(evaluated?.perClass).toHaveLength(10);
    });

    it('predict uses it', async () => {
      const images = ['mnist:1', 'digit.pgm', 'sample.json'];
      const predicted = await netloom(['predict', 'out.netloom', ...images, '--json', '--top', '2']);
      expect(predicted.code).toBe(0);
      expect(predicted.stderr).toBe('');
      expect(lines(predicted)).toMatchObject([
        { input: 'mnist:1', top: [{ class: 1 }, {}] },
        { input: 'digit.pgm', top: [{}, {}] },
        { input: 'sample.json', top: [{}, {}] },
      ]);
    });

    it('export writes an ONNX model of it', async () => {
      const exported = lines(await netloom(['export', 'out.netloom', '-o', 'out.onnx', '--json']))[0];
      const model = readFileSync(inFolder('out.onnx'));
      expect(exported).toMatchObject({
        output: 'out.onnx',
        opset: 17,
        bytes: model.length,
        ops: { Gemm: 1, Softmax: 1 },
      });
      expect((exported?.proof as { maxError: number }).maxError).toBeLessThan(1e-5);
      expect(readModel(model)?.opset).toBe(17);
    });
  });

  it('an untrained export is marked as untrained in all outputs', async () => {
    const run = await netloom(['export', 'short.json', '-o', 'untrained.onnx']);
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/“short\.json” contains no trained weights: using random initial weights/);
    expect(run.stdout).toMatch(/Untrained: the weights are random/);
    expect(run.stdout.replaceAll(/untrained/gi, '')).not.toMatch(/trained/);
    expect(readModel(readFileSync(inFolder('untrained.onnx')))?.metadata.netloom_weights).toBe('initial');
    // The same file may be exported again.
    const again = await netloom(['export', 'short.json', '-o', 'untrained.onnx', '--json']);
    expect(lines(again)[0]).toMatchObject({ untrained: true });
  });

  it('templates, providers, version and help print text and JSON', async () => {
    const [templates, providers, version, help] = await Promise.all(
      [['templates', '--json'], ['providers', '--json'], ['--version'], ['help', 'train', '--lang', 'zh']].map((args) =>
        netloom(args),
      ),
    );
    expect(JSON.parse(templates?.stdout ?? '')[0]).toMatchObject({
      id: 'lenet_modern',
      params: 61_706,
      input: [1, 28, 28],
    });
    expect(JSON.parse(providers?.stdout ?? '')[0]).toMatchObject({ provider: 'cpu', usable: true, reason: null });
    expect(version?.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(help?.stdout).toMatch(/netloom train FILE[\s\S]*--lr X +学习率/);
  });

  it('bench prints a row for every network and batch', async () => {
    const run = await netloom([
      'bench',
      'softmax_regression',
      '--batch',
      '1,4',
      '--steps',
      '3',
      '--threads',
      '1',
      '--json',
    ]);
    const timing = { medianMs: expect.any(Number), minMs: expect.any(Number), maxMs: expect.any(Number), steps: 3 };
    const row = { network: 'softmax_regression', threads: 1, provider: 'cpu', train: timing, infer: timing };
    expect(lines(run)).toMatchObject([
      { ...row, batch: 1, compileMs: expect.any(Number), sessionMs: expect.any(Number), peakRssMb: expect.any(Number) },
      { ...row, batch: 4 },
    ]);
  });
});

describe('verify', () => {
  const golden = fileURLToPath(new URL('../../testdata/golden/', import.meta.url));
  const { cases } = JSON.parse(readFileSync(join(golden, 'cases.json'), 'utf8')) as {
    cases: { id: string; file: string }[];
  };
  const linear = cases.find(({ id }) => id === 'layer-linear-01');
  cpSync(join(golden, linear?.file ?? ''), inFolder(linear?.file ?? ''));
  const write = (name: string, list: object[]) => writeFileSync(inFolder(name), JSON.stringify({ cases: list }));

  it('prints one line per case and a total, and succeeds if all cases pass', async () => {
    write('one.json', [linear ?? {}]);
    const run = await netloom(['verify', 'one.json', '--json']);
    expect(run.code).toBe(0);
    const [report, total] = lines(run);
    expect(report).toMatchObject({ id: 'layer-linear-01', group: 'layer', kind: 'linear', status: 'pass', note: null });
    expect(report?.error).toBeLessThan(1);
    expect(total).toEqual({ passed: 1, failed: 0, unsupported: 0, total: 1 });
  });

  it('fails if a case fails or is not supported', async () => {
    const strict = { ...linear, id: 'strict', tolerance: { rtol: 0, atol: 1e-12 } };
    write('three.json', [linear ?? {}, strict, { ...linear, id: 'odd', kind: 'maxout' }]);
    const run = await netloom(['verify', 'three.json', '--json']);
    expect(run.code).toBe(1);
    expect(lines(run).map(({ status }) => status)).toEqual(['pass', 'fail', 'unsupported', undefined]);
    expect(lines(run).at(-1)).toEqual({ passed: 1, failed: 1, unsupported: 1, total: 3 });
  });
});

it('the demo trains, evaluates, exports, reloads and predicts, and leaves no files', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'netloom-demo-test-'));
  const run = await netloom(['demo', '--epochs', '1'], { TMPDIR: scratch });
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(
    /1\. Training.*2\. Evaluating.*3\. Exporting.*4\. Loading.*Done: the exported file predicted [123] of 3/s,
  );
  expect(readdirSync(scratch)).toEqual([]);
  rmSync(scratch, { recursive: true });
});

it('neither thread writes telemetry files', async () => {
  const home = mkdtempSync(join(tmpdir(), 'netloom-home-'));
  const env = {
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
    TMPDIR: home,
    TMP: home,
  };
  // `train` loads the runtime in a worker, `predict` on the main thread.
  expect((await netloom(['train', 'short.json'], env)).code).toBe(0);
  expect((await netloom(['predict', 'short.json', 'mnist:0'], env)).code).toBe(0);
  expect(readdirSync(home, { recursive: true })).toEqual([]);
  rmSync(home, { recursive: true });
});

it.runIf(process.platform === 'linux')('a full disk behind stdout is reported as an error', async () => {
  const shell = ['-c', '"$0" "$1" version >/dev/full', process.execPath, script];
  const run = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile('sh', shell, (error, _, stderr) => resolve({ code: error?.code, stderr }));
  });
  expect(run).toEqual({
    code: 1,
    stderr: 'netloom: The results could not be written to stdout: the disk is full.\n',
  });
});

it.each([
  [['train', 'resnet20_cifar']],
  [['train', 'lenet_modern', '--data', 'mnits'], 'Did you mean mnist?'],
  [['train', 'lenet_modern', '--data', 'moons']],
  [['sweep', 'resnet20_cifar', '--vary', 'recipe.optimizer.learningRate=0.1,0.2']],
  [['ablate', 'resnet20_cifar', 'stage1']],
])('%j explains before training why the network cannot be trained', async (args, meant = '') => {
  const { code, stderr, stdout } = await netloom(args);
  expect(code).toBe(1);
  expect(stderr + stdout).toContain('the network can be exported, but not trained');
  expect(stderr + stdout).toContain(meant);
  expect(stderr + stdout).not.toContain('no dataset that Netloom knows');
});

it.skipIf(process.platform !== 'linux')('deletes decoded images on disk', async () => {
  const decoded = inFolder('cache/netloom/decoded');
  mkdirSync(decoded, { recursive: true });
  writeFileSync(join(decoded, `${'0'.repeat(64)}.pixels`), Buffer.alloc(2e6));
  const { code, stderr } = await netloom(['data', '--clear-cache'], { XDG_CACHE_HOME: inFolder('cache') });
  expect([code, stderr, readdirSync(decoded)]).toEqual([0, 'Decoded images of 2 MB were deleted.\n', []]);
  expect((await netloom(['data'])).code).toBe(2);
});
