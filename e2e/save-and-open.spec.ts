import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answerDialogs,
  card,
  drawSeven,
  probabilities,
  selectNothing,
  setField,
  settledProbabilities,
  train,
} from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

test('drawing and weights come back from a file', async ({ app: { electron, page, folder } }) => {
  const file = join(folder, 'mine.netloom');
  await card(page, 'Conv2d conv1').click();
  await setField(page, 'Filters', '4');
  await selectNothing(page);
  await setField(page, 'Epochs', '1');
  await train(page);
  await drawSeven(page);
  const before = await settledProbabilities(page);
  expect(Math.max(...before)).toBeGreaterThan(0.1);

  await answerDialogs(electron, file);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible();
  expect(existsSync(file)).toBe(true);
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toHaveCount(0);

  await page.keyboard.press('Control+n');
  await expect(card(page, 'Conv2d conv1')).toHaveCount(0);
  await page.getByRole('button', { name: 'Start from a template…' }).click();
  await openTemplate(page, 'Multilayer perceptron');
  await expect(page.getByRole('group', { name: /^Linear / })).toHaveCount(2);
  await page.keyboard.press('Control+o');
  await expect(card(page, 'Conv2d conv1')).toContainText('4 filters');
  await drawSeven(page);
  await expect.poll(() => probabilities(page)).toEqual(before);
});

test('a damaged file says so and leaves the drawing alone', async ({ app: { electron, page, folder } }) => {
  const file = join(folder, 'broken.netloom');
  writeFileSync(file, 'PK\u0003\u0004 and nothing more');
  await answerDialogs(electron, file);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('alert')).toContainText("'broken.netloom' is damaged or cut off");
  await expect(card(page, 'Conv2d conv1')).toBeVisible();
});

test('closing with unsaved work asks, and cancelling keeps the window', async ({ app: { electron, page } }) => {
  await card(page, 'ReLU act1').click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeVisible();
  const close = (answer: number) =>
    electron.evaluate(async ({ BrowserWindow, dialog }, response) => {
      let asked = '';
      dialog.showMessageBox = async (...args: unknown[]) => {
        asked = (args.at(-1) as { message: string }).message;
        return { response, checkboxChecked: false };
      };
      BrowserWindow.getAllWindows()[0]?.close();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { asked, windows: BrowserWindow.getAllWindows().length };
    }, answer);
  expect(await close(2)).toEqual({ asked: 'Save the changes to “LeNet”?', windows: 1 });
  await expect(card(page, 'Conv2d conv1')).toBeVisible();
  const closed = electron.waitForEvent('close');
  await close(1).catch(() => {});
  await closed;
});
