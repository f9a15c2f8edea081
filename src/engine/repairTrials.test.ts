import { expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { toy } from './doctor/datasets.ts';
import { adam, chain, classes, hidden, point, sgd } from './doctor/networks.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside } from './files.ts';
import { tryRepairs } from './repairTrials.ts';
import { CPU_DEVICE } from './session.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

const at = (learningRate: number, batchSize = 32): NetworkDocument =>
  chain([...point, ...hidden([16]), ...classes(2)], { optimizer: adam(learningRate), batchSize, epochs: 2 });

const options = (documents: readonly NetworkDocument[], signal = new AbortController().signal) => ({
  trials: documents.map((document) => ({ document, from: 'start' as const })),
  data: toy('moons'),
  held: new Map(),
  device: CPU_DEVICE,
  signal,
  rest: async () => {},
});

it('finds the repair that helps, the same every time', async () => {
  const documents = [at(1e-6), at(1e-2)];
  const [first, second] = [await tryRepairs(options(documents)), await tryRepairs(options(documents))];
  expect(second).toEqual(first);
  const [slow, mended] = first.outcomes;
  expect(mended?.before).toBe(slow?.before);
  expect(mended?.loss).toBeLessThan(0.7 * (slow?.loss ?? 0));
});

it('trains each network on the same number of samples, whatever its batch size', async () => {
  const { samples, outcomes } = await tryRepairs(options([at(1e-2, 1), at(1e-2, 32)]));
  expect(samples % 32).toBe(0);
  // For the same samples, many steps with batch size 1 learn more at this learning rate.
  expect(outcomes[0]?.loss).toBeLessThan(outcomes[1]?.loss ?? 0);
});

it('uses the whole schedule, however long the run is', async () => {
  const { recipe, ...drawn } = at(1e-2);
  const long = { ...recipe, epochs: 400 };
  const falls = { kind: 'step', unit: 'epoch', stepSize: 20, gamma: 1e-9 } as const;
  const { outcomes } = await tryRepairs(
    options([
      { ...drawn, recipe: long },
      { ...drawn, recipe: { ...long, schedule: falls } },
    ]),
  );
  expect(outcomes[1]?.loss).toBeGreaterThan(1.3 * (outcomes[0]?.loss ?? 0));
});

it('returns infinity for a diverging network', async () => {
  const document = chain([...point, ...hidden([16]), ['linear', { outFeatures: 1 }], ['regression']], {
    optimizer: sgd(100),
  });
  const { outcomes } = await tryRepairs({ ...options([document]), data: toy('linear') });
  expect(outcomes[0]?.loss).toBe(Number.POSITIVE_INFINITY);
});

it('skips too large networks', async () => {
  const document = templateOf('vgg11_d2l')?.document as NetworkDocument;
  const result = await tryRepairs({ ...options([document]), data: toy('moons') });
  expect(result).toEqual({ samples: 0, outcomes: [null], without: 'large' });
});

it('stops between two steps', async () => {
  const stop = new AbortController();
  let steps = 0;
  const rest = async () => {
    if (++steps === 3) stop.abort();
  };
  const result = await tryRepairs({ ...options([at(0.01), at(0.1)], stop.signal), rest });
  expect([steps, result.without, result.outcomes]).toEqual([3, 'stopped', [null, null]]);
});

it('gives priority to other calls and a run, and does not change weights', async () => {
  const client = connect(new Engine({ files, device: CPU_DEVICE }));
  const document = { ...at(0.01), data: { ...at(0.01).data, source: 'moons' } };
  client.call('train', { run: 'a', document, weights: 'fresh', paused: false });
  await client.ended('a');
  const before = await client.call('getWeights', {});
  const answers: string[] = [];
  const trials = Array.from({ length: 2 }, () => ({ document, from: 'held' as const }));
  const tried = client.call('tryRepairs', { trials }).then(() => answers.push('tryRepairs'));
  const evaluated = client.call('evaluate', { document }).then(() => answers.push('evaluate'));
  await Promise.all([tried, evaluated]);
  expect(answers).toEqual(['evaluate', 'tryRepairs']);
  expect(await client.call('getWeights', {})).toEqual(before);

  const stopped = client.call('tryRepairs', { trials });
  client.call('train', { run: 'b', document, weights: 'fresh', paused: false });
  expect(await stopped).toMatchObject({ without: 'stopped' });
  expect(await client.ended('b')).toMatchObject({ state: 'done' });
});
