import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTo, runCommand } from './actions.ts';
import { faults } from './axe.ts';
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
  // Decoded images of another dataset.
  mkdirSync(join(folder, 'cache/netloom/decoded'), { recursive: true });
  writeFileSync(join(folder, 'cache/netloom/decoded', `${'0'.repeat(64)}.pixels`), Buffer.alloc(2e6));
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, root);
  await goTo(page, 'Data');
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  const data = page.getByRole('region', { name: 'Dataset', exact: true });
  await expect(data.getByRole('region', { name: 'Samples per class' })).toContainText('off40on40');
  await expect(data.getByRole('button', { name: 'Files that could not be read: 1' })).toBeVisible();
  await expect(data.getByText('on/broken.png not an image in one of the formats PNG')).toBeVisible();
  const decoded = data.getByRole('region', { name: 'Decoded images on disk' });
  await expect(decoded).toContainText('2 MB of all datasets, at most 20 GB');
  await decoded.getByRole('button', { name: 'Delete decoded images' }).click();
  await expect(decoded.getByRole('status')).toHaveText('The decoded images were deleted.');
  expect(readdirSync(join(folder, 'cache/netloom/decoded'))).toEqual([]);
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

  // A choice is in force at once, without leaving the field.
  const channels = data.getByRole('combobox', { name: 'Channels' });
  await channels.selectOption('Color');
  await expect(data.getByText('image: 3×30×36')).toBeVisible();
  await channels.selectOption('Gray');
  await expect(data.getByText('image: 1×30×36')).toBeVisible();

  // 30×36 images do not fit an input of 28×28: one click resizes them, another sets the number of classes.
  await goTo(page, 'Train');
  await page.getByRole('button', { name: 'Resize the images to 28×28, gray' }).first().click();
  await expect(page.getByRole('button', { name: 'Draw an image' })).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.getByText('Done: epoch 10 / 10')).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Results');
  const matrix = page.getByRole('table', { name: 'Confusion matrix' });
  await expect(matrix.getByRole('rowheader', { name: 'off' })).toBeVisible();
  await expect(matrix.getByRole('rowheader', { name: 'on' })).toBeVisible();
  await expect(page.getByRole('meter', { name: 'Probability of off' })).toBeAttached();

  // Undo brings the digits back.
  await goTo(page, 'Design');
  for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z');
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

test('transforms: add, move, change and undo them, watch the variants, and train', async ({
  app: { electron, page, folder },
}) => {
  const root = images(folder);
  await electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, root);
  await goTo(page, 'Data');
  await page.getByRole('button', { name: 'Choose folder…' }).click();
  await page.getByRole('tab', { name: 'Transforms' }).click();
  const panel = page.getByRole('region', { name: 'Transforms', exact: true });
  const list = panel.getByRole('region', { name: 'Transforms, in order' });
  const gallery = panel.getByRole('region', { name: 'Variants of one sample' });
  const variants = gallery.getByRole('img', { name: /^Epoch \d+$/ });
  const pixels = () => variants.evaluateAll((all) => all.map((each) => (each as HTMLCanvasElement).toDataURL()));
  await expect(list.getByText('The network gets 1×30×36')).toBeVisible();
  await expect(variants).toHaveCount(8);
  expect(new Set(await pixels()).size).toBe(1);

  // By mouse: a flip, always instead of sometimes, by its slider.
  await list.getByRole('button', { name: 'Add transform' }).click();
  await page.getByRole('menuitem', { name: /^Flip left–right/ }).click();
  const flip = list.getByRole('button', { name: /^Flip left–right/ });
  await expect(flip).toHaveAttribute('aria-expanded', 'true');
  await expect.poll(async () => new Set(await pixels()).size).toBe(2);
  const probability = list.getByRole('slider', { name: 'Probability' });
  const box = await probability.boundingBox();
  if (box === null) throw new Error('There is no slider.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + box.height / 2, { steps: 5 });
  await expect.poll(async () => new Set(await pixels()).size).toBe(1);
  await page.mouse.up();
  await expect(list.getByRole('textbox', { name: 'Probability' })).toHaveValue('1');
  await expect(gallery.getByText('Flip left–right: flipped')).toBeVisible();

  // By keyboard: a crop, moved in front of the flip.
  await list.getByRole('button', { name: 'Add transform' }).press('Enter');
  await page.keyboard.type('Random crop');
  await page.keyboard.press('Enter');
  const crop = list.getByRole('button', { name: /^Random crop/ });
  await expect(crop).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(list.getByRole('listitem').first()).toContainText('Random crop');
  await expect(crop).toBeFocused();
  await expect.poll(async () => new Set(await pixels()).size).toBeGreaterThan(4);
  expect(await faults(page)).toEqual([]);

  // By drag: behind the flip again. Undo and redo go through all of it.
  await page.keyboard.press('Enter');
  await crop.dragTo(flip, { targetPosition: { x: 40, y: 26 } });
  await expect(list.getByRole('listitem').first()).toContainText('Flip left–right');
  for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(flip).toContainText('0.5');
  await page.keyboard.press('Control+z');
  await expect(list.getByRole('listitem')).toHaveCount(0);
  for (let step = 0; step < 5; step++) await page.keyboard.press('Control+Shift+z');
  await expect(list.getByRole('listitem')).toHaveCount(2);

  // Another sample, other epochs.
  const status = gallery.getByRole('status').first();
  const before = await status.textContent();
  await gallery.getByRole('button', { name: 'Next training sample' }).click();
  await expect(status).not.toHaveText(before ?? '');
  await gallery.getByRole('button', { name: 'Later epochs' }).click();
  await expect(gallery.getByRole('img', { name: 'Epoch 16' })).toBeVisible();
  await expect(gallery.getByText('Exactly the images of epochs 9 to 16')).toBeVisible();

  // A sample of one's choice, also by keyboard.
  await page.getByRole('tab', { name: 'Samples' }).click();
  await page.getByRole('button', { name: 'off #3', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Show variants' }).click();
  await expect(gallery.getByText('Sample 3 · off')).toBeVisible();

  // The network takes other images: one click fits them.
  await panel.getByRole('button', { name: 'Add transform Resize 28×28' }).click();
  await expect(list.getByText('The network gets 1×28×28')).toBeVisible();
  await runCommand(page, 'theme: dark');
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('F5');
  await goTo(page, 'Train');
  await expect(page.getByText('Done: epoch 10 / 10')).toBeVisible({ timeout: 60_000 });
});
