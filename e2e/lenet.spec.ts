import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { answerDialogs, card, saveOnnx } from './actions.ts';
import { expect, test } from './launch.ts';

/** LeNet as it is drawn: what to search for, and the numbers that differ from the defaults. */
const lenet: readonly { readonly layer: string; readonly set?: Readonly<Record<string, number>> }[] = [
  { layer: 'Input' },
  { layer: 'Conv2d', set: { 'Output channels': 6, 'Kernel, height': 5, 'Padding, height': 2 } },
  { layer: 'ReLU' },
  { layer: 'MaxPool2d' },
  { layer: 'Conv2d', set: { 'Output channels': 16, 'Kernel, height': 5 } },
  { layer: 'ReLU' },
  { layer: 'MaxPool2d' },
  { layer: 'Flatten' },
  { layer: 'Linear', set: { Units: 120 } },
  { layer: 'ReLU' },
  { layer: 'Linear', set: { Units: 84 } },
  { layer: 'ReLU' },
  { layer: 'Linear', set: { Units: 10 } },
  { layer: 'Classifier' },
];

/** Figures of LeNet in the status bar, and the outputs of its export for a blank image. */
async function expectLenet(electron: ElectronApplication, page: Page, file: string, exportIt: () => Promise<void>) {
  await expect(page.getByText('61,706 parameters')).toBeVisible();
  await expect(page.getByRole('button', { name: 'no problems' })).toBeVisible();
  await answerDialogs(electron, file);
  await exportIt();
  await expect(page.getByRole('status').filter({ hasText: file })).toContainText(
    'outputs differ from those computed by Netloom by at most',
  );
  const session = await InferenceSession.create(new Uint8Array(readFileSync(file)));
  const [input = ''] = session.inputNames;
  const results = await session.run({ [input]: new Tensor('float32', new Float32Array(784), [1, 1, 28, 28]) });
  const sums = Object.values(results).map(({ data }) => [...(data as Float32Array)].reduce((a, b) => a + b, 0));
  // Ten probabilities: one of the outputs sums to one.
  expect(Math.min(...sums.map((sum) => Math.abs(sum - 1)))).toBeLessThan(1e-5);
}

test('LeNet from an empty canvas, by keyboard only', async ({ app: { electron, page, folder } }) => {
  const { keyboard } = page;
  const nameOfFocus = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.textContent : undefined;
      return activeElement?.getAttribute('aria-label') ?? label ?? '';
    });
  const tabTo = async (name: string) => {
    for (let i = 0; i < 40; i++) {
      if ((await nameOfFocus()) === name) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not come to '${name}'`);
  };

  await keyboard.press('Control+n');
  await expect(card(page, 'Conv2d conv1')).toBeHidden();
  for (const { layer, set = {} } of lenet) {
    await keyboard.press('Control+/');
    await keyboard.type(layer);
    await keyboard.press('Enter');
    for (const [field, value] of Object.entries(set)) {
      await expect(
        page.getByRole('complementary', { name: 'Inspector' }).getByLabel(field, { exact: true }),
      ).toBeVisible();
      // From the layers over canvas and bottom panel to the inspector.
      while (!(await page.evaluate(() => document.activeElement?.closest('[data-panel=inspector]') !== null))) {
        await keyboard.press('F6');
      }
      await tabTo(field);
      await keyboard.press('Control+a');
      await keyboard.type(`${value}`);
      await keyboard.press('Enter');
    }
  }
  await expectLenet(electron, page, join(folder, 'keys.onnx'), async () => {
    await keyboard.press('Control+e');
    await expect(page.getByRole('button', { name: 'Export ONNX model…' })).toBeFocused();
    await keyboard.press('Enter');
  });
});

test('LeNet from an empty canvas, by mouse only', async ({ app: { electron, page, folder } }) => {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  /** By the buttons beside the field, as often as it takes. */
  const stepTo = async (field: string, value: number) => {
    const shown = inspector.getByLabel(field, { exact: true });
    for (let i = 0; i < 120; i++) {
      const now = Number(await shown.inputValue());
      if (now === value) return;
      const button = `${now < value ? 'Increase' : 'Decrease'} ${field.replace(', height', '')}`;
      await inspector.getByRole('button', { name: button, exact: true }).click();
    }
    throw new Error(`${field} does not come to ${value}`);
  };

  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'File' }).click();
  await page.getByRole('menuitem', { name: /^New\b(?! (from|[Ww]))/ }).click();
  await expect(card(page, 'Conv2d conv1')).toBeHidden();
  const layers = page.getByRole('complementary', { name: 'Layers' });
  for (const [index, { layer, set = {} }] of lenet.entries()) {
    const entry = layers.getByRole('option', { name: layer, exact: true }).first();
    if (index === 0) await entry.dragTo(page.getByRole('region', { name: 'Network' }));
    else await entry.dblclick();
    for (const [field, value] of Object.entries(set)) await stepTo(field, value);
  }
  await expectLenet(electron, page, join(folder, 'mouse.onnx'), async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await saveOnnx(page);
  });
});
