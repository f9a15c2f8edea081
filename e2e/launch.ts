import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';

export const root = join(import.meta.dirname, '..');

interface App {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Empty, and gone after the test. */
  readonly folder: string;
}

/** Settings of its own, in English. */
export const switches = (folder: string): readonly string[] => [
  '--no-sandbox',
  `--user-data-dir=${join(folder, 'user-data')}`,
  '--lang=en-US',
];

/** Starts the app with settings of its own; `packaged` takes what electron-builder made in dist/. */
export async function launch(folder: string, packaged = false): Promise<{ electron: ElectronApplication; page: Page }> {
  const own = [...switches(folder)];
  // A cache of its own: tests neither see nor delete decoded images of the user.
  const env = { ...(process.env as Record<string, string>), XDG_CACHE_HOME: join(folder, 'cache') };
  const electron = await _electron.launch(
    packaged
      ? { executablePath: join(root, 'dist', 'linux-unpacked', 'netloom'), args: own, cwd: folder, env }
      : { args: [...own, root], cwd: folder, env },
  );
  const page = await electron.firstWindow();
  return { electron, page };
}

/** Takes a ready network from the start page, where the app begins. */
export async function openTemplate(page: Page, name: string): Promise<void> {
  await page.getByRole('region', { name: 'Templates' }).getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('region', { name: 'Start page' })).toBeHidden();
}

/** Its engine ends with it, a little later. */
export async function killMain(electron: ElectronApplication): Promise<void> {
  const gone = electron.waitForEvent('close');
  electron.process().kill('SIGKILL');
  await gone;
}

/**
 * The real app. Whatever it writes to the page's console as an error fails the test: missing words and violations of
 * the page's policy are among it.
 */
export const test = base.extend<{ packaged: boolean; planted: string; app: App }>({
  packaged: [false, { option: true }],
  /** Errors with this in their text are the test's own. */
  planted: ['\0', { option: true }],
  app: async ({ packaged, planted }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
    const { electron, page } = await launch(folder, packaged);
    try {
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      await openTemplate(page, 'LeNet (ReLU, max pooling)');
      await expect(page.getByRole('complementary', { name: 'Layers' })).toBeVisible();
      await use({ electron, page, folder });
      expect(errors.filter((error) => !error.includes(planted))).toEqual([]);
    } finally {
      // Without a question about unsaved work.
      await electron.evaluate(({ app }) => app.exit(0)).catch(() => {});
      await electron.close().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

export { expect };
