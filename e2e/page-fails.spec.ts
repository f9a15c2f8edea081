import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, test } from '@playwright/test';
import { card, setField } from './actions.ts';
import { expect, launch, openTemplate } from './launch.ts';

/** Main's questions, and the label of the button that is pressed then: '' waits until the question is withdrawn. */
const answerWith = (electron: ElectronApplication, labels: readonly string[]): Promise<void> =>
  electron.evaluate(({ dialog }, given) => {
    const state = globalThis as unknown as { asked: string[] };
    state.asked = [];
    const left = [...given];
    const ask = async (
      _window: unknown,
      options: Electron.MessageBoxOptions,
    ): Promise<Electron.MessageBoxReturnValue> => {
      const label = left.shift();
      state.asked.push(`${options.message} [${options.buttons?.join(', ')}]`);
      if (label === '') await new Promise((resolve) => options.signal?.addEventListener('abort', resolve));
      return { response: label === '' ? 0 : (options.buttons ?? []).indexOf(label ?? ''), checkboxChecked: false };
    };
    dialog.showMessageBox = ask as typeof dialog.showMessageBox;
  }, labels);

const asked = (electron: ElectronApplication): Promise<readonly string[]> =>
  electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

const inPage = (electron: ElectronApplication, code: string): Promise<unknown> =>
  electron.evaluate(
    ({ BrowserWindow }, script) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script),
        new Promise((_, reject) => setTimeout(reject, 2000, new Error('no answer'))),
      ]),
    code,
  );

const shows = (electron: ElectronApplication, text: string) =>
  expect.poll(() => inPage(electron, 'document.body.innerText').catch(() => ''), text).toContain(text);

/** The page does nothing more for so long (ms); the system would say so after half a minute. */
async function hang(electron: ElectronApplication, ms: number): Promise<void> {
  await inPage(electron, `setTimeout(() => { const end = Date.now() + ${ms}; while (Date.now() < end); }, 0); true`);
  await electron.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('unresponsive'));
}

function keptIn(folder: string): string {
  const kept = join(folder, 'user-data', 'recovery');
  try {
    return readdirSync(kept)
      .map((id) => readFileSync(join(kept, id, 'network.json'), 'utf8'))
      .join();
  } catch {
    return '';
  }
}

const killPage = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window !== undefined) process.kill(window.webContents.getOSProcessId(), 'SIGKILL');
  });

test('a page that hangs or crashes repeatedly asks the user, obeys, and loses nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
  let { electron, page } = await launch(folder);
  await openTemplate(page, 'Multilayer perceptron');
  await card(page, 'Linear fc1').click();
  await setField(page, 'Units', '931');
  await expect.poll(() => keptIn(folder)).toContain('"outFeatures":931');

  await test.step('wait', async () => {
    await answerWith(electron, ['Wait']);
    await hang(electron, 500);
    await expect.poll(() => asked(electron)).toEqual([expect.stringMatching(/is not responding\. \[Wait, Reload\]$/)]);
    await expect(card(page, 'Linear fc1')).toContainText('931');
  });

  await test.step('the question goes when the page answers again', async () => {
    await answerWith(electron, ['']);
    await hang(electron, 500);
    await expect.poll(() => asked(electron)).toHaveLength(1);
    await electron.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('responsive'));
    await expect(card(page, 'Linear fc1')).toContainText('931');
  });

  await test.step('load again', async () => {
    await answerWith(electron, ['Reload']);
    await hang(electron, 600_000);
    await shows(electron, 'The window failed and was reloaded');
    await shows(electron, '931');
  });

  await test.step('without a network after three deaths, with the work at hand', async () => {
    await answerWith(electron, ['Reload', 'Close window']);
    // The one that was asked for was the first.
    await killPage(electron);
    await shows(electron, 'The window failed and was reloaded');
    await killPage(electron);
    await shows(electron, 'loaded without a network');
    await shows(electron, 'Unsaved work');
  });

  await test.step('a question from five on', async () => {
    await killPage(electron);
    await shows(electron, 'Unsaved work');
    await killPage(electron);
    await expect.poll(() => asked(electron)).toEqual(['The window failed 5 times in a row. [Reload, Close window]']);
    await shows(electron, 'Unsaved work');
    const closed = electron.waitForEvent('close');
    await killPage(electron).catch(() => {});
    await closed;
  });

  await test.step('the work is there at the next start', async () => {
    ({ electron, page } = await launch(folder));
    const lost = page.getByRole('region', { name: 'Unsaved work' });
    await lost.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(card(page, 'Linear fc1')).toContainText('931');
  });

  await test.step('also when the page dies right after it was restored', async () => {
    await killPage(electron);
    await shows(electron, '931');
    expect(keptIn(folder)).toContain('"outFeatures":931');
  });
  await electron.evaluate(({ app }) => app.exit(0)).catch(() => {});
  await electron.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
