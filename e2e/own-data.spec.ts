import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dragIn, goTo, runCommand, setLanguage } from './actions.ts';
import { faults } from './axe.ts';
import { expect, test } from './launch.ts';

/** A gray image of one brightness with some noise, as binary PGM. */
function shade(brightness: number, seed: number): Buffer {
  const [width, height] = [36, 30];
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => brightness + ((at * 7 + seed * 13) % 40));
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]);
}

/** A folder with one folder of images for each of two classes, `count` in each. */
function images(folder: string, count = 40): string {
  const root = join(folder, 'lamps');
  for (const [name, brightness] of [
    ['off', 10],
    ['on', 200],
  ] as const) {
    mkdirSync(join(root, name), { recursive: true });
    for (let at = 0; at < count; at++) writeFileSync(join(root, name, `${at}.pgm`), shade(brightness, at));
  }
  writeFileSync(join(root, 'on', 'broken.png'), 'no image');
  return root;
}

/** The image of `shade` as 24-bit BMP, which the window reads. */
function bitmap(brightness: number): Buffer {
  const [width, height] = [36, 30];
  const head = Buffer.alloc(54);
  head.write('BM');
  for (const [at, value] of [
    [2, 54 + 3 * width * height],
    [10, 54],
    [14, 40],
    [18, width],
    [22, height],
  ] as const)
    head.writeUInt32LE(value, at);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  const gray = shade(brightness, 99).subarray(-width * height);
  return Buffer.concat([head, ...Array.from(gray, (value) => Buffer.alloc(3, value))]);
}

test('own images: drop a folder, look, fit, transform, train, test, and predict a dropped image by class name', async ({
  app: { page, folder },
}) => {
  // Fewer images than the grid shows of the digits.
  await dragIn(page, [images(join(folder, 'few'), 6)], page.getByRole('region', { name: 'Network' }));
  await expect(page.getByRole('button', { name: /^off #/ })).toHaveCount(6);
  await goTo(page, 'Design');
  const root = images(folder);
  // Decoded images of another dataset.
  mkdirSync(join(folder, 'cache/netloom/decoded'), { recursive: true });
  writeFileSync(join(folder, 'cache/netloom/decoded', `${'0'.repeat(64)}.pixels`), Buffer.alloc(2e6));
  await dragIn(page, [root], page.getByRole('region', { name: 'Network' }));
  const data = page.getByRole('region', { name: 'Dataset', exact: true });
  await expect(data.getByRole('region', { name: 'Samples per class' })).toContainText('off40on40');
  await expect(data.getByRole('button', { name: 'Files that could not be read: 1' })).toBeVisible();
  await expect(data.getByText('on/broken.png not an image in one of the formats PNG')).toBeVisible();
  const decoded = data.getByRole('region', { name: 'Decoded images on disk' });
  await expect(decoded).toContainText('2 MB of all datasets, at most 20 GB');
  await decoded.getByRole('button', { name: 'Delete decoded images' }).click();
  await expect(decoded.getByRole('status')).toHaveText('The decoded images were deleted.');
  expect(readdirSync(join(folder, 'cache/netloom/decoded'))).toEqual([]);

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
  expect(await faults(page)).toEqual([]);

  await page.getByRole('tab', { name: 'Statistics' }).click();
  const statistics = page.getByRole('region', { name: 'Statistics', exact: true });
  await expect(statistics.getByRole('heading', { name: 'Values of the 64 training samples' })).toBeVisible();
  await expect(statistics.getByText('36 × 30: 80')).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // A test set; a choice is in force at once, without leaving the field.
  const share = data.getByRole('textbox', { name: 'Test fraction' });
  await share.fill('0.25');
  await share.press('Enter');
  const channels = data.getByRole('combobox', { name: 'Channels' });
  await channels.selectOption('Color');
  await expect(data.getByText('image: 3×30×36')).toBeVisible();
  await channels.selectOption('Gray');
  await expect(data.getByText('image: 1×30×36')).toBeVisible();

  // 30×36 images do not fit an input of 28×28: one click resizes them, without leaving the Data workspace.
  await page.getByRole('tab', { name: 'Transforms' }).click();
  const panel = page.getByRole('region', { name: 'Transforms', exact: true });
  await panel.getByRole('button', { name: 'Resize the images to 28×28, gray' }).click();
  await expect(panel.getByText('The network gets 1×28×28')).toBeVisible();

  // A flip by mouse, a random crop by keyboard: the gallery shows what they do.
  const list = panel.getByRole('region', { name: 'Transforms, in order' });
  const variants = panel.getByRole('img', { name: /^Epoch \d+$/ });
  const different = () =>
    variants.evaluateAll((all) => new Set(all.map((each) => (each as HTMLCanvasElement).toDataURL())).size);
  await expect.poll(different).toBe(1);
  await list.getByRole('button', { name: 'Add transform' }).click();
  await page.getByRole('menuitem', { name: /^Flip left–right/ }).click();
  await expect.poll(different).toBe(2);
  await list.getByRole('button', { name: 'Add transform' }).press('Enter');
  await page.keyboard.type('Random crop');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('button', { name: /^Random crop/ })).toBeFocused();
  await expect.poll(different).toBeGreaterThan(4);
  expect(await faults(page)).toEqual([]);

  await page.keyboard.press('F5');
  await goTo(page, 'Train');
  await expect(page.getByText('Done: epoch 10 / 10')).toBeVisible({ timeout: 60_000 });
  expect(await faults(page)).toEqual([]);
  await goTo(page, 'Results');
  const matrix = page.getByRole('table', { name: 'Confusion matrix' });
  await expect(matrix.getByRole('rowheader', { name: 'off' })).toBeVisible();
  await expect(matrix.getByRole('rowheader', { name: 'on' })).toBeVisible();
  const tested = page.getByRole('region', { name: 'Test set' });
  await tested.getByRole('button', { name: 'Evaluate on the test set' }).click();
  await expect(tested.getByRole('status')).toContainText('20 samples');

  // An image that is not part of the dataset.
  const [bright, dark] = [join(folder, 'bright.bmp'), join(folder, 'dark.bmp')];
  writeFileSync(bright, bitmap(200));
  writeFileSync(dark, bitmap(10));
  const predict = page.getByRole('region', { name: 'Predict your own input' });
  const probability = (name: string) => predict.getByRole('meter', { name: `Probability of ${name}`, exact: true });
  const isLikely = (name: string) => async () => Number(await probability(name).getAttribute('aria-valuenow')) > 0.5;
  await dragIn(page, [bright], predict);
  await expect.poll(isLikely('on')).toBe(true);
  await dragIn(page, [dark], predict);
  await expect.poll(isLikely('off')).toBe(true);
  expect(await faults(page)).toEqual([]);

  // The same in Chinese.
  await setLanguage(page, '中文');
  await expect(page.getByRole('meter', { name: 'off 的概率' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('tablist', { name: '工作区' }).getByRole('tab', { name: '数据' }).click();
  await page.getByRole('tab', { name: '变换' }).click();
  await expect(page.getByRole('button', { name: /^随机裁剪/ })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('combobox', { name: '数据集' }).selectOption('moons');
  await expect(page.getByText('新数据集没有图像，已删除以下变换：左右翻转、随机裁剪。可以撤销。')).toBeVisible();

  // Undo brings the transforms back, and at last the digits.
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: /^随机裁剪/ })).toBeVisible();
  for (let step = 0; step < 8; step++) await page.keyboard.press('Control+z');
  await expect(page.getByRole('combobox', { name: '数据集' })).toHaveValue('mnist');
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
});
