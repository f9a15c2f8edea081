import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTo } from './actions.ts';
import { expect, test } from './launch.ts';

/** A gray image of one brightness with some noise, as binary PGM. */
function shade(brightness: number, seed: number): Buffer {
  const [width, height] = [36, 30];
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => brightness + ((at * 7 + seed * 13) % 40));
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]);
}

/** A folder with one folder of images for each of two classes. */
function images(folder: string): string {
  const root = join(folder, 'lamps');
  for (const [name, brightness] of [
    ['off', 10],
    ['on', 200],
  ] as const) {
    mkdirSync(join(root, name), { recursive: true });
    for (let at = 0; at < 40; at++) writeFileSync(join(root, name, `${at}.pgm`), shade(brightness, at));
  }
  writeFileSync(join(root, 'on', 'broken.png'), 'no image');
  return root;
}

test('own images: choose a folder, fit them by a click, train, and read results by class name', async ({
  app: { electron, page, folder },
}) => {
  const root = images(folder);
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, root);
  await goTo(page, 'Data');
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  const data = page.getByRole('region', { name: 'Dataset', exact: true });
  await expect(data.getByRole('region', { name: 'Samples per class' })).toContainText('off40on40');
  await expect(data.getByRole('button', { name: 'Files that could not be read: 1' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'off #0' })).toBeVisible();

  // Samples by class and by file name, one of them at the size of its file, by keyboard.
  const samples = page.getByRole('region', { name: 'Samples', exact: true });
  await samples.getByRole('combobox', { name: 'Class' }).selectOption('on');
  await expect(samples.getByRole('status')).toHaveText('40 samples');
  await samples.getByRole('searchbox', { name: 'Search file names' }).fill('on/7.pgm');
  await expect(samples.getByRole('status')).toHaveText('1 sample');
  await samples.getByRole('button', { name: /^on #/ }).press('Enter');
  await expect(page.getByRole('img', { name: /^Original image of sample/ })).toBeVisible();
  await expect(page.getByText('36 × 30 pixels')).toBeVisible();
  await expect(page.getByText('on/7.pgm')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(samples.getByRole('status')).toHaveText('1 sample');

  await page.getByRole('tab', { name: 'Statistics' }).click();
  const statistics = page.getByRole('region', { name: 'Statistics', exact: true });
  await expect(statistics.getByRole('heading', { name: 'Values of the 64 training samples' })).toBeVisible();
  await expect(statistics.getByText('36 × 30: 80')).toBeVisible();

  // 30×36 images do not fit an input of 28×28: one click resizes them, another sets the number of classes.
  await goTo(page, 'Train');
  await page.getByRole('button', { name: 'Resize the images to 28×28, gray' }).first().click();
  await page.keyboard.press('F5');
  await expect(page.getByText('Done: epoch 10 / 10')).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Results');
  const matrix = page.getByRole('table', { name: 'Confusion matrix' });
  await expect(matrix.getByRole('rowheader', { name: 'off' })).toBeVisible();
  await expect(matrix.getByRole('rowheader', { name: 'on' })).toBeVisible();
  await expect(page.getByRole('meter', { name: 'Probability of off' })).toBeAttached();

  // Undo brings the digits back.
  await goTo(page, 'Design');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await goTo(page, 'Data');
  await expect(data.getByRole('combobox', { name: 'Dataset' })).toHaveValue('mnist');
});

test('own data that cannot be used leaves the network as it was', async ({ app: { electron, page, folder } }) => {
  const table = join(folder, 'broken.csv');
  writeFileSync(table, 'a,b,c\n1,2,3\n4,5\n');
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, table);
  await goTo(page, 'Data');
  await page.getByRole('button', { name: 'Choose file…' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Row 3 of “broken.csv” has 2 cells' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Dataset' })).toHaveValue('mnist');
});
