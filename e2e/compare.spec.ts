import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { emptyDocument } from '../src/graph/document.ts';
import { applyEdits } from '../src/graph/edits.ts';
import { writeDocument } from '../src/graph/file.ts';
import { templateOf } from '../templates/index.ts';
import { answerDialogs, card, openStartPage, setField } from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Run a command' }).fill(command);
  await page.keyboard.press('Enter');
}

/** LeNet with two 3×3 convolutions where the second has one of 5×5. */
function redrawn() {
  const lenet = templateOf('lenet_modern')?.document ?? emptyDocument;
  const conv = (name: string, outChannels: number, y: number) => ({
    id: name,
    name,
    layer: 'conv2d',
    config: { outChannels, kernelSize: [3, 3] },
    position: { x: 600, y },
  });
  return applyEdits(lenet, [
    { kind: 'removeNodes', nodes: ['conv2'], heal: false },
    { kind: 'addNode', node: conv('conv2a', 6, 0) },
    { kind: 'addNode', node: conv('conv2b', 16, 110) },
    { kind: 'connect', from: { node: 'pool1', port: 'y' }, to: { node: 'conv2a', port: 'x' } },
    { kind: 'connect', from: { node: 'conv2a', port: 'y' }, to: { node: 'conv2b', port: 'x' } },
    { kind: 'connect', from: { node: 'conv2b', port: 'y' }, to: { node: 'act2', port: 'x' } },
  ]);
}

test('ResNet-18 and ResNet-34 differ in the additional blocks', async ({ app: { electron, page } }) => {
  await openStartPage(page);
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('resnet');
  await openTemplate(page, 'ResNet-18');
  await run(page, 'Compare with…');
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByRole('searchbox', { name: 'Search templates' })).toBeFocused();
  await page.keyboard.type('resnet-34');
  await page.keyboard.press('Enter');
  const totals = comparison.getByRole('region', { name: 'Total' });
  await expect(totals).toHaveText(/\+10,108,160 parameters.*\+1\.85\sG MACs.*8 added.*0 removed.*4 changed/);

  const [first, second] = ['ResNet-18', 'ResNet-34'].map((name) =>
    comparison.getByRole('figure', { name: `Diagram of ${name}` }),
  ) as [ReturnType<Page['locator']>, ReturnType<Page['locator']>];
  await first.getByRole('button', { name: 'stage2: changed' }).click();
  await expect(second.getByRole('button', { name: 'stage2: changed', pressed: true })).toBeVisible();
  await comparison.getByRole('row', { name: /added block4 .*\+295,424/ }).click();
  await expect(second.getByRole('button', { name: 'block4: added', pressed: true })).toBeVisible();
  await expect(first.getByRole('button', { name: 'block2: unchanged' })).toBeVisible();
  await expect(first.getByRole('button', { name: /block[34]/ })).toHaveCount(0);

  await comparison.getByRole('radio', { name: 'List' }).check();
  await expect(comparison.getByRole('row', { name: /added block/ })).toHaveCount(8);
  await expect(comparison.getByRole('row', { name: /removed / })).toHaveCount(0);
  await comparison.getByRole('button', { name: 'Copy table' }).click();
  await page.getByRole('menuitem', { name: 'Copy as text' }).click();
  await expect(page.getByText('Copied the table to the clipboard')).toBeVisible();
  const copied = await electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.split('\n')).toContain('  + block3\tResidual block\t\t+4,720,640\t+231,211,008');
  await page.keyboard.press('Escape');
  await expect(comparison).toBeHidden();
  await expect(card(page, 'Residual stage stage2')).toBeVisible();
});

test('a network is compared with a file and with its saved state', async ({ app: { electron, page, folder } }) => {
  const path = join(folder, 'two small.json');
  writeFileSync(path, writeDocument(redrawn()));
  await answerDialogs(electron, path);
  await run(page, 'Compare with…');
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await comparison.getByRole('button', { name: 'Choose a file…' }).click();
  const row = (name: RegExp) => comparison.getByRole('row', { name });
  await expect(row(/removed conv2 .*2,416 −2,416 240\sk −240\sk/)).toBeVisible();
  await expect(row(/added conv2a .*330 \+330 46\.7\sk \+46\.7\sk/)).toBeVisible();
  await expect(row(/added conv2b .*880 \+880 86\.4\sk \+86\.4\sk/)).toBeVisible();
  await expect(comparison.getByRole('region', { name: 'Total' })).toHaveText(/−1,206 parameters.*−107\sk MACs/);
  await page.keyboard.press('Escape');

  await card(page, 'Conv2d conv1').click();
  await setField(page, 'Output channels', '4');
  await run(page, 'Compare with last saved version');
  await expect(row(/changed conv1 Conv2d Output channels 6 → 4/)).toBeVisible();
  await expect(comparison.getByRole('heading', { name: /^as opened → LeNet/ })).toBeVisible();
});
