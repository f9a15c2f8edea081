import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, type Page, test } from '@playwright/test';
import { readProject } from '../src/graph/file.ts';
import { templateOf } from '../templates/index.ts';
import { card, goTo, setField } from './actions.ts';
import { checkpointsIn } from './keptRuns.ts';
import { expect, killMain, launch, openTemplate } from './launch.ts';

const doings = ['save', 'export', 'train', 'open'] as const;
type Doing = (typeof doings)[number];
const commands = { save: 'saveAs', export: 'export', train: 'train', open: 'open' } as const;

interface Files {
  readonly folder: string;
  /** Opened in the place of what is drawn. */
  readonly other: string;
}

/** Every dialog takes a while: what dies meanwhile dies in the middle. */
async function slowDialogs(electron: ElectronApplication, target: string, other: string): Promise<void> {
  await electron.evaluate(
    ({ dialog }, paths) => {
      const state = globalThis as unknown as { dialogs: number };
      state.dialogs = 0;
      const asked = async <T>(answer: T): Promise<T> => {
        state.dialogs++;
        await new Promise((resolve) => setTimeout(resolve, 1200));
        return answer;
      };
      dialog.showSaveDialog = () => asked({ canceled: false, filePath: paths.target });
      dialog.showOpenDialog = () => asked({ canceled: false, filePaths: [paths.other] });
      // Unsaved work is not saved.
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
    },
    { target, other },
  );
}

/** In the newest window, whose page may be another than Playwright's. A page that is gone never answers. */
const inPage = (electron: ElectronApplication, code: string): Promise<unknown> =>
  electron.evaluate(
    ({ BrowserWindow }, script) =>
      Promise.race([
        BrowserWindow.getAllWindows()
          .reduce((a, b) => (a.id > b.id ? a : b))
          .webContents.executeJavaScript(script),
        new Promise((_, reject) => setTimeout(reject, 2000, new Error('no answer'))),
      ]),
    code,
  );

const shows = (electron: ElectronApplication, text: string) =>
  expect.poll(() => inPage(electron, 'document.body.innerText').catch(() => ''), text).toContain(text);

/** In the newest window. */
const run = (electron: ElectronApplication, command: string): Promise<void> =>
  electron.evaluate(
    ({ BrowserWindow }, id) =>
      BrowserWindow.getAllWindows()
        .reduce((a, b) => (a.id > b.id ? a : b))
        .webContents.send('command', id),
    command,
  );

/** Begins it, and is in the middle of it. */
async function begin(electron: ElectronApplication, page: Page, doing: Doing): Promise<void> {
  await run(electron, commands[doing]);
  if (doing === 'export') await page.getByRole('button', { name: 'Export ONNX model…' }).click();
  // With a step that is done, there is something to resume.
  if (doing === 'train') await shows(electron, 'samples/s');
  else {
    const dialogs = () => electron.evaluate(() => (globalThis as unknown as { dialogs: number }).dialogs);
    await expect.poll(dialogs).toBe(1);
  }
}

/** An unsaved change that no other row makes; it is kept within two seconds. */
async function draw(page: Page, units: number, folder: string): Promise<void> {
  await card(page, 'Linear fc1').click();
  await setField(page, 'Units', `${units}`);
  const kept = join(folder, 'user-data', 'recovery');
  await expect.poll(() => recovered(kept)).toContain(`"outFeatures":${units}`);
}

function recovered(folder: string): string {
  try {
    return readdirSync(folder)
      .map((id) => readFileSync(join(folder, id, 'network.json'), 'utf8'))
      .join();
  } catch {
    return '';
  }
}

const unitsIn = (file: string): unknown =>
  existsSync(file)
    ? readProject(new Uint8Array(readFileSync(file)), file).document.nodes.find(({ name }) => name === 'fc1')?.config
        .outFeatures
    : null;

const killEngine = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ app }) => {
    const engines = app.getAppMetrics().filter(({ type, name }) => type === 'Utility' && name === 'Netloom engine');
    process.kill(engines.reduce((a, b) => (a.creationTime > b.creationTime ? a : b)).pid, 'SIGKILL');
  });

const killPage = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().reduce((a, b) => (a.id > b.id ? a : b));
    process.kill(window.webContents.getOSProcessId(), 'SIGKILL');
  });

function files(): Files {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
  const other = join(folder, 'other.json');
  writeFileSync(other, JSON.stringify(templateOf('softmax_regression')?.document));
  return { folder, other };
}

test('a crash of page or engine during open, save, train or export loses nothing', async () => {
  const { folder, other } = files();
  const { electron, page } = await launch(folder);
  await openTemplate(page, 'Multilayer perceptron');
  for (const [row, doing] of doings.entries()) {
    await test.step(`engine, ${doing}`, async () => {
      const target = join(folder, doing === 'export' ? 'engine.onnx' : 'engine.netloom');
      const units = 901 + row;
      await draw(page, units, folder);
      await slowDialogs(electron, target, other);
      await begin(electron, page, doing);
      await killEngine(electron);
      await expect(page.getByRole('alert').filter({ hasText: 'was restarted' })).toBeVisible();
      if (doing === 'open') await expect(card(page, 'Linear linear')).toBeVisible();
      else await expect(card(page, 'Linear fc1')).toContainText(`${units}`);
      if (doing === 'save') await expect.poll(() => unitsIn(target)).toBe(units);
      if (doing === 'export') {
        await expect.poll(() => existsSync(target)).toBe(true);
        // The dialog stays, with the result.
        await page.keyboard.press('Escape');
      }
      if (doing === 'train') await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
    });
  }
  for (const [row, doing] of doings.entries()) {
    await test.step(`page, ${doing}`, async () => {
      const target = join(folder, doing === 'export' ? 'page.onnx' : 'page.netloom');
      const units = 911 + row;
      const opened = electron.waitForEvent('window');
      await page.evaluate(
        () => void (window as unknown as { netloom: { newWindow(_: null): void } }).netloom.newWindow(null),
      );
      const own = await opened;
      await openTemplate(own, 'Multilayer perceptron');
      await draw(own, units, folder);
      await slowDialogs(electron, target, other);
      await begin(electron, own, doing);
      await killPage(electron);
      await shows(electron, 'The window failed and was reloaded');
      // The engine has not stopped training, and the page follows it again.
      if (doing === 'train') {
        await shows(electron, 'Epoch ');
        await run(electron, 'designWorkspace');
      }
      await shows(electron, `${units}`);
      if (doing === 'save') await expect.poll(() => unitsIn(target)).toBe(units);
      if (doing === 'export') await expect.poll(() => existsSync(target)).toBe(true);
    });
  }
  await electron.evaluate(({ app }) => app.exit(0)).catch(() => {});
  await electron.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('a crash of the app during open, save, train or export loses nothing', async () => {
  const { folder, other } = files();
  let { electron, page } = await launch(folder);
  await openTemplate(page, 'Multilayer perceptron');
  for (const [row, doing] of doings.entries()) {
    await test.step(`main, ${doing}`, async () => {
      const target = join(folder, doing === 'export' ? 'main.onnx' : 'main.netloom');
      const units = 921 + row;
      await draw(page, units, folder);
      await slowDialogs(electron, target, other);
      await begin(electron, page, doing);
      // Only what is on disk outlives the app.
      if (doing === 'train') await expect.poll(() => checkpointsIn(folder)).not.toEqual([]);
      await killMain(electron);
      ({ electron, page } = await launch(folder));
      const lost = page.getByRole('region', { name: 'Unsaved work' });
      await lost.getByRole('button', { name: 'Restore', exact: true }).first().click();
      await goTo(page, 'Design');
      await expect(card(page, 'Linear fc1')).toContainText(`${units}`);
      expect(existsSync(target)).toBe(false);
      if (doing === 'train') {
        await goTo(page, 'Train');
        await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
      }
    });
  }
  await electron.evaluate(({ app }) => app.exit(0)).catch(() => {});
  await electron.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
