import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type ElectronApplication, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { templateOf } from '../templates/index.ts';
import { answerDialogs, card, drop, runCommand, saveOnnx, setField } from './actions.ts';
import { expect, launch, openTemplate, root, switches, test } from './launch.ts';

const start = (page: Page) => page.getByRole('region', { name: 'Start page' });

/** Every process of the app at once, as when the power goes. */
async function kill(electron: ElectronApplication): Promise<void> {
  const gone = electron.waitForEvent('close');
  electron.process().kill('SIGKILL');
  await gone;
}

const inMenu = (electron: ElectronApplication, submenu: string): Promise<readonly string[]> =>
  electron.evaluate(({ Menu }, name) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
    const inner = file?.submenu?.items.find(({ label }) => label === name);
    return inner?.submenu?.items.map(({ label }) => label) ?? [];
  }, submenu);

base('a killed app gives back what was drawn, with its file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
  const file = join(folder, 'mine.netloom');
  const first = await launch(folder);
  await openTemplate(first.page, 'Multilayer perceptron');
  await answerDialogs(first.electron, file);
  await first.page.keyboard.press('Control+s');
  await expect(first.page.getByRole('status').filter({ hasText: file })).toBeVisible();
  const saved = readFileSync(file);
  // A second window, whose network has no file.
  const opened = first.electron.waitForEvent('window');
  await first.page.keyboard.press('Control+Shift+n');
  const other = await opened;
  await openTemplate(other, 'Softmax regression');
  await card(other, 'Flatten flatten').click();
  await other.keyboard.press('Delete');
  await card(first.page, 'Linear fc1').click();
  await setField(first.page, 'Units', '77');
  // At most two seconds of edits may be lost.
  await first.page.waitForTimeout(2000);
  await kill(first.electron);
  expect(readFileSync(file)).toEqual(saved);

  const { electron, page } = await launch(folder);
  const lost = page.getByRole('region', { name: 'Unsaved work' });
  await expect(lost.getByRole('listitem')).toHaveCount(2);
  await lost.getByRole('listitem').filter({ hasText: 'mine.netloom' }).getByRole('button', { name: 'Restore' }).click();
  await expect(card(page, 'Linear fc1')).toContainText('77');
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toHaveCount(0);
  const { 'network.json': network, 'thumbnail.svg': picture } = unzipSync(readFileSync(file));
  expect(new TextDecoder().decode(network)).toContain('"outFeatures": 77');
  expect(new TextDecoder().decode(picture)).toMatch(/^<svg/);

  // The other one is still there, and is given up.
  await runCommand(page, 'new from template');
  await lost
    .getByRole('listitem')
    .filter({ hasText: 'not saved yet' })
    .getByRole('button', { name: 'Discard' })
    .click();
  await expect(lost).toBeHidden();
  await kill(electron);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('each of two windows has its own network, and a file opens only once', async ({ app }) => {
  const { electron, page, folder } = app;
  const file = join(folder, 'lenet.netloom');
  await answerDialogs(electron, file);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible();
  await expect.poll(() => inMenu(electron, 'Open recent')).toEqual(['lenet.netloom', '', 'Clear list']);

  const opened = electron.waitForEvent('window');
  await page.keyboard.press('Control+Shift+n');
  const other = await opened;
  await expect(start(other)).toBeVisible();
  // A second start hands its file over: the window that is still blank takes it.
  const second = join(folder, 'softmax.json');
  writeFileSync(second, JSON.stringify(templateOf('softmax_regression')?.document));
  const executable = await electron.evaluate(() => process.execPath);
  const ended = spawnSync(executable, [...switches(folder), root, second], { cwd: folder });
  expect(ended.status).toBe(0);
  await expect(card(other, 'Linear linear')).toBeVisible();
  await expect(card(page, 'Conv2d conv1')).toBeVisible();
  await card(other, 'Flatten flatten').click();
  await other.keyboard.press('Delete');
  await expect(other.getByRole('img', { name: 'unsaved changes' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toHaveCount(0);

  // Saving over the file of the first window, or opening it a second time, is not what anybody wants.
  await other.keyboard.press('Control+s');
  await expect(other.getByRole('alert')).toContainText('“lenet.netloom” is open in another window');
  await other.keyboard.press('Control+z');
  await other.keyboard.press('Control+o');
  await expect.poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
  await expect(card(other, 'Conv2d conv1')).toHaveCount(0);

  // Quitting asks the window with unsaved work alone; canceling keeps both.
  await other.keyboard.press('Control+Shift+z');
  await expect(other.getByRole('img', { name: 'unsaved changes' })).toBeVisible();
  const asked = await electron.evaluate(async ({ app: main, BrowserWindow, dialog }) => {
    const questions: string[] = [];
    dialog.showMessageBox = async (...args: unknown[]) => {
      questions.push((args.at(-1) as { message: string }).message);
      return { response: 2, checkboxChecked: false };
    };
    main.quit();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { questions, windows: BrowserWindow.getAllWindows().length };
  });
  expect(asked).toEqual({ questions: ['Save the changes to “softmax.json”?'], windows: 2 });
});

test('a file of a newer version opens as a copy, with a list of unreadable parts', async ({
  app: { electron, page, folder },
}) => {
  const file = join(folder, 'newer.json');
  const document = templateOf('mlp')?.document;
  const data = { ...document?.data, source: '/home/ann/secret/own-images-idx3' };
  const newer = JSON.stringify({ ...document, data, version: 99, mood: 'good' });
  writeFileSync(file, newer);
  await drop(page, file);
  const remarks = page.getByRole('dialog', { name: 'Parts of the file could not be read' });
  await expect(remarks.getByRole('listitem')).toHaveText([/format version 99/, /left out: mood\./]);
  await page.keyboard.press('Escape');
  await expect(remarks).toBeHidden();
  await expect(page.getByRole('group', { name: /^Linear / })).toHaveCount(2);

  // Samples of own data go into an export only when the user agrees; folders never do.
  const exported = join(folder, 'own.onnx');
  await answerDialogs(electron, exported);
  await page.keyboard.press('Control+e');
  const samples = page.getByRole('checkbox', { name: 'Include two samples of “own-images-idx3”' });
  await expect(samples).not.toBeChecked();
  await saveOnnx(page);
  await expect(page.getByRole('status').filter({ hasText: exported })).toBeVisible();
  expect(readFileSync(exported).includes('secret')).toBe(false);
  await page.keyboard.press('Escape');

  // Saving asks where to, and another program's changes are not overwritten unasked.
  const copy = join(folder, 'copy.netloom');
  await answerDialogs(electron, copy);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').filter({ hasText: copy })).toBeVisible();
  expect(readFileSync(file, 'utf8')).toBe(newer);
  writeFileSync(copy, 'of another program');
  await electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 2, checkboxChecked: false });
  });
  await card(page, 'Linear fc1').click();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toBeVisible();
  expect(readFileSync(copy, 'utf8')).toBe('of another program');

  // A deleted file is shown as missing, and can be removed from the list.
  rmSync(copy);
  await runCommand(page, 'new from template');
  await expect(start(page).getByRole('button', { name: 'copy.netloom, missing' })).toBeDisabled();
  await start(page).getByRole('button', { name: 'Remove copy.netloom from the list' }).click();
  await expect(start(page).getByRole('button', { name: 'copy.netloom, missing' })).toHaveCount(0);
  await expect(start(page).getByRole('button', { name: 'newer.json', exact: true })).toBeEnabled();
  expect(existsSync(copy)).toBe(false);

  // A file of another kind says so, and changes nothing.
  await page.keyboard.press('Escape');
  const picture = join(folder, 'cat.txt');
  writeFileSync(picture, 'meow');
  await electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await drop(page, picture);
  await expect(page.getByRole('alert')).toContainText('“cat.txt” is a text file, not a network');
});
