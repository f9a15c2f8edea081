import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { answerDialogs } from './actions.ts';
import { onScreen, type Point, viewOf, zoomTo } from './canvasView.ts';
import { type Frames, framesDuring } from './frames.ts';
import { test } from './launch.ts';
import { manyLayers } from './manyLayers.ts';

const LAYERS = Number(process.env.NETLOOM_BENCH_LAYERS ?? 1000);
const ROUNDS = Number(process.env.NETLOOM_BENCH_ROUNDS ?? 3);
const SECONDS = 3;

/** Moves the mouse in circles, as fast as events are taken. */
async function circle(page: Page, { x, y }: Point, radius: number): Promise<void> {
  const start = Date.now();
  while (Date.now() - start < SECONDS * 1000) {
    const angle = ((Date.now() - start) / 1000) * 4;
    await page.mouse.move(x + radius * Math.sin(angle), y + radius * (1 - Math.cos(angle)));
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

async function drag(page: Page, from: Point, radius: number): Promise<Frames> {
  await page.mouse.move(from.x - 1, from.y);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 4, from.y + 4);
  await page.waitForTimeout(300);
  const frames = await framesDuring(page, () => circle(page, from, radius));
  await page.mouse.up();
  await page.waitForTimeout(200);
  return frames;
}

/** Where nothing is when all is in view. */
async function corner(page: Page): Promise<Point> {
  const { box } = await viewOf(page);
  return { x: box.x + 10, y: box.y + 10 };
}

/** Drags a card and takes that back. */
async function dragCard(page: Page, position: Point): Promise<Frames> {
  const frames = await drag(page, await onScreen(page, position), 60);
  const undo = page.getByRole('button', { name: /^Undo/ });
  await undo.click();
  await page.waitForTimeout(300);
  return frames;
}

/** From the next key to the second frame after `done` shows in the window's head. */
async function fromKey(page: Page, key: string, done: string): Promise<number> {
  // Listening before the key is pressed: the page answers in the order of its own.
  await page.evaluate((expected) => {
    const pressed = () => {
      const start = performance.now();
      const look = () => {
        if (!document.querySelector('header')?.textContent?.includes(expected)) requestAnimationFrame(look);
        else requestAnimationFrame(() => requestAnimationFrame(shown));
      };
      const shown = () => {
        document.documentElement.dataset.benchTime = String(performance.now() - start);
      };
      look();
    };
    delete document.documentElement.dataset.benchTime;
    addEventListener('keydown', pressed, { once: true, capture: true });
  }, done);
  await page.keyboard.press(key);
  const time = await page.waitForFunction(() => document.documentElement.dataset.benchTime);
  return Number(await time.jsonValue());
}

async function open(electron: ElectronApplication, page: Page, file: string, name: string): Promise<number> {
  await answerDialogs(electron, file);
  const ms = await fromKey(page, 'Control+o', name);
  await page.waitForTimeout(1200);
  return ms;
}

/** A number stepped by keys in the inspector: the median of some. */
async function editTime(page: Page): Promise<number> {
  const field = page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Output channels', { exact: true });
  await field.focus();
  const times: number[] = [];
  for (let edit = 0; edit < 8; edit++) {
    times.push(await fromKey(page, edit % 2 === 0 ? 'ArrowUp' : 'ArrowDown', ''));
    await page.waitForTimeout(150);
  }
  return times.sort((a, b) => a - b)[4] ?? Number.NaN;
}

async function zoomInAndOut(page: Page): Promise<void> {
  for (const way of [1, -1, 1, -1]) {
    for (let step = 0; step < 24; step++) {
      await page.mouse.wheel(0, 70 * way);
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
  }
}

test('the canvas at scale', async ({ app: { electron, page, folder } }) => {
  const [one, many] = [manyLayers(1), manyLayers(LAYERS)];
  const [oneFile, manyFile] = [one, many].map((document) => {
    const name = `${document.nodes.length}-layers.json`;
    writeFileSync(join(folder, name), JSON.stringify(document));
    return { name, path: join(folder, name) };
  }) as [{ name: string; path: string }, { name: string; path: string }];
  const first = one.nodes[0]?.position as Point;
  // A convolution well inside the picture.
  const middle = many.nodes.find(({ layer }, index) => layer === 'conv2d' && index > LAYERS * 0.55)?.position as Point;
  // Between two columns, where no edge leads along.
  const beside = { x: middle.x - 125, y: middle.y - 20 };

  // Of each the quietest round: what else goes on only ever adds to it.
  const frames = new Map<string, Frames>();
  const times = new Map<string, number>();
  const keep = (what: string, measured: Frames) => {
    console.log(`${what}: median ${measured.median.toFixed(1)}, p95 ${measured.p95.toFixed(1)} ms`);
    if (measured.p95 < (frames.get(what)?.p95 ?? Infinity)) frames.set(what, measured);
  };
  const keepTime = (what: string, ms: number) => {
    console.log(`${what}: ${ms.toFixed(0)} ms`);
    times.set(what, Math.min(ms, times.get(what) ?? Infinity));
  };

  page.setDefaultTimeout(20_000);
  await page.waitForTimeout(2500);
  for (let round = 0; round < ROUNDS; round++) {
    await open(electron, page, oneFile.path, oneFile.name);
    await zoomTo(page, 1, first);
    keep('drag, 1 layer, 100 %', await dragCard(page, first));

    keepTime(`open ${LAYERS} layers`, await open(electron, page, manyFile.path, manyFile.name));
    keep(`drag, ${LAYERS} layers, all in view`, await dragCard(page, middle));
    keep(`pan, ${LAYERS} layers, all in view`, await drag(page, await corner(page), 120));
    await zoomTo(page, 1, middle);
    keep(`drag, ${LAYERS} layers, 100 %`, await dragCard(page, middle));
    keep(`pan, ${LAYERS} layers, 100 %`, await drag(page, await onScreen(page, beside), 120));
    const card = await onScreen(page, middle);
    await page.mouse.click(card.x, card.y);
    keepTime(`edit to painted, ${LAYERS} layers`, await editTime(page));
    await page.keyboard.press('Escape');
    const undo = page.getByRole('button', { name: /^Undo/ });
    for (let undone = 0; undone < 12 && (await undo.isEnabled()); undone++) await undo.click();
    await page.mouse.move(card.x, card.y);
    keep(`zoom, ${LAYERS} layers, 100 % to all and back`, await framesDuring(page, () => zoomInAndOut(page)));
  }

  const lines = ['| what | median, ms | p95, ms | worst, ms |', '| --- | --- | --- | --- |'];
  for (const [what, { median, p95, worst }] of frames) {
    lines.push(`| ${what} | ${median.toFixed(1)} | ${p95.toFixed(1)} | ${worst.toFixed(1)} |`);
  }
  for (const [what, ms] of times) lines.push(`| ${what} | ${ms.toFixed(0)} | | |`);
  const base = frames.get('drag, 1 layer, 100 %')?.p95 ?? Number.NaN;
  for (const where of ['100 %', 'all in view']) {
    const p95 = frames.get(`drag, ${LAYERS} layers, ${where}`)?.p95 ?? Number.NaN;
    lines.push(`p95 of a drag, ${where}: ${(p95 / base).toFixed(2)} times that of one layer`);
  }
  console.log(`\n${lines.join('\n')}`);
  const report = {
    layers: LAYERS,
    rounds: ROUNDS,
    frames: Object.fromEntries(frames),
    times: Object.fromEntries(times),
  };
  const json = JSON.stringify(report, null, 2);
  if (process.env.NETLOOM_BENCH_JSON !== undefined) writeFileSync(process.env.NETLOOM_BENCH_JSON, `${json}\n`);
  else console.log(json);
});
