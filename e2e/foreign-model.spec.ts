import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readSafetensors, type SafeTensor, writeSafetensors } from '../src/graph/safetensors.ts';
import { answerDialogs, dragIn, goTo, runCommand, setLanguage } from './actions.ts';
import { faults } from './axe.ts';
import { grayPng } from './grayPng.ts';
import { expect, root, test } from './launch.ts';

/** Brightness at a place of the image with this number, by class. */
const patterns: Readonly<Record<string, (x: number, y: number, seed: number) => number>> = {
  lying: (_, y, seed) => (((y + seed) >> 2) % 2 === 0 ? 20 : 220),
  plain: (_x, _y, seed) => 90 + seed,
  upright: (x, _, seed) => (((x + seed) >> 2) % 2 === 0 ? 20 : 220),
};

const image = (name: string, seed: number): Uint8Array =>
  grayPng(28, 28, (x, y) => (patterns[name]?.(x, y, seed) ?? 0) + ((31 * x + 17 * y + 7 * seed) % 13));

/** A folder with a folder of PNG images for each pattern. */
function patternFolder(folder: string): string {
  const all = join(folder, 'patterns');
  for (const name of Object.keys(patterns)) {
    mkdirSync(join(all, name), { recursive: true });
    for (let seed = 0; seed < 24; seed++) writeFileSync(join(all, name, `${seed}.png`), image(name, seed));
  }
  return all;
}

/** Training elsewhere: the rows of the head for the first and the last class change places. */
function trainElsewhere(project: string, head: string): void {
  const path = join(project, 'weights.safetensors');
  const { tensors: keys } = JSON.parse(readFileSync(join(project, 'names.json'), 'utf8'));
  const tensors = new Map<string, SafeTensor>(readSafetensors(readFileSync(path), path));
  for (const param of ['weight', 'bias']) {
    const { shape, data } = tensors.get(keys[`${head}/${param}`]) as SafeTensor;
    const length = data.length / (shape[0] as number);
    const first = data.slice(0, length);
    data.copyWithin(0, data.length - length);
    data.set(first as never, data.length - length);
  }
  writeFileSync(path, writeSafetensors(tensors));
}

/** The class with the highest probability, by its bar. */
async function predicted(page: Page): Promise<string> {
  const bars = await page.getByRole('meter').all();
  const shares = await Promise.all(bars.map(async (bar) => Number(await bar.getAttribute('aria-valuenow'))));
  return (await bars[shares.indexOf(Math.max(...shares))]?.getAttribute('aria-label')) ?? '';
}

test('a model of PyTorch is opened, fine-tuned to own images, exported and taken back', async ({
  app: { electron, page, folder },
}) => {
  // By mouse: drop the model, and look at it.
  await dragIn(page, [join(root, 'testdata/onnx/fashionResnet.onnx')], page.getByRole('region', { name: 'Network' }));
  const report = page.getByRole('dialog', { name: 'Imported model' });
  await expect(report).toContainText('Blocks of repeated layers: Residual block ×4');
  await expect(report).toContainText('Verified on random inputs');
  expect(await faults(page)).toEqual([]);
  await report.getByRole('button', { name: 'Close' }).click();
  await runCommand(page, 'Model library');
  const library = page.getByRole('dialog', { name: 'Model library' });
  await expect(library.getByRole('button', { name: /^fashionResnet\.onnx/ })).toBeEnabled();
  await expect(library.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await goTo(page, 'Results');
  await page.getByRole('tab', { name: 'Weights' }).click();
  await page.getByRole('searchbox', { name: 'Filter by name or layer' }).fill('block3/conv2');
  await page.getByRole('button', { name: 'block3/conv2/weight' }).click();
  await expect(page.getByRole('complementary', { name: 'block3/conv2' })).toContainText('2,304 values');
  expect(await faults(page)).toEqual([]);

  // Own images, a new head for their classes, a frozen body.
  await dragIn(page, [patternFolder(folder)], page.getByRole('main'));
  await expect(page.getByRole('region', { name: 'Samples per class' })).toContainText('lying24plain24upright24');
  await goTo(page, 'Train');
  await page.getByRole('button', { name: 'Replace head' }).click();
  const replaced = page.getByRole('status').filter({ hasText: 'New head “17” with 3 outputs' });
  await expect(replaced).toBeVisible();
  await page.getByRole('button', { name: 'Freeze all but the head' }).click();
  await expect(page.getByText('block3 · 5 of 6 layers')).toBeVisible();
  // Its undo button would undo the freezing by now.
  await expect(replaced).toBeHidden();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText('Done: epoch 10 / 10')).toBeVisible({ timeout: 60_000 });

  // By keyboard: save, then export to ONNX and to PyTorch.
  const saved = join(folder, 'patterns.netloom');
  await answerDialogs(electron, saved);
  await page.keyboard.press('Control+s');
  await expect.poll(() => existsSync(saved)).toBe(true);
  const exported = join(folder, 'patterns.onnx');
  await answerDialogs(electron, exported);
  await page.keyboard.press('Control+e');
  await page.keyboard.press('Enter');
  await expect.poll(() => existsSync(exported)).toBe(true);
  const project = join(folder, 'torch');
  await answerDialogs(electron, project);
  const dialog = page.getByRole('dialog', { name: 'Export network' });
  await dialog.getByRole('radio', { name: /^ONNX model/ }).focus();
  await page.keyboard.press('ArrowDown');
  await dialog.getByRole('button', { name: 'Export PyTorch project…' }).press('Enter');
  await expect.poll(() => existsSync(join(project, 'names.json'))).toBe(true);
  await expect(dialog.getByRole('status')).toContainText('Class Patterns, parameters: 10,987');
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');

  // In Chinese: the project comes back with the weights that it has by now.
  await setLanguage(page, '中文');
  trainElsewhere(project, '17');
  await dragIn(page, [project], page.getByRole('main'));
  const back = page.getByRole('dialog', { name: '导入的模型' });
  await expect(back).toContainText('权重来自“weights.safetensors”');
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+4');
  const unseen = join(folder, 'unseen.png');
  writeFileSync(unseen, image('lying', 30));
  await dragIn(page, [unseen], page.getByRole('region', { name: '自定义输入预测' }));
  await expect.poll(() => predicted(page)).toContain('upright');
  expect(await faults(page)).toEqual([]);
});
