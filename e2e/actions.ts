import { type ElectronApplication, expect, type Locator, type Page } from '@playwright/test';

/** The card of a layer, by what a screen reader calls it: kind and name. */
export const card = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });

/** Waits until it has stayed in its place for a while: cards glide, and on a busy machine they pause on their way. */
export async function settled(moving: Locator): Promise<void> {
  let [last, since] = ['', 0];
  await expect
    .poll(
      async () => {
        const box = JSON.stringify(await moving.boundingBox());
        since = box === last ? since + 1 : 0;
        last = box;
        return since;
      },
      { intervals: [100] },
    )
    .toBeGreaterThanOrEqual(5);
}

/** Runs a command by its title, from the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+K');
  // Letters typed before the palette has the focus would go astray.
  await page.getByRole('combobox', { name: /^(Run a command|运行命令)/ }).fill(title);
  await page.keyboard.press('Enter');
}

/** The templates, whatever is open. */
export const openStartPage = (page: Page): Promise<void> => runCommand(page, 'new from template');

/** By a command, whatever the language is now. */
export async function setLanguage(page: Page, language: 'English' | '中文'): Promise<void> {
  await runCommand(page, language);
  const words = language === 'English' ? 'Workspaces' : '工作区';
  await expect(page.getByRole('tablist', { name: words })).toBeVisible();
}

/** Goes to a workspace by its tab in the title bar. */
export async function goTo(page: Page, workspace: 'Design' | 'Data' | 'Train' | 'Results'): Promise<void> {
  const tab = page.getByRole('tablist', { name: 'Workspaces' }).getByRole('tab', { name: workspace });
  await tab.click();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
}

/** Sets a number of the selected layer in the inspector, in a workspace that shows it. */
export async function setField(page: Page, label: string, value: string): Promise<void> {
  if (!(await page.getByRole('complementary', { name: /^(Inspector|属性面板)$/ }).isVisible())) {
    await page.keyboard.press('Control+1');
  }
  const field = page.getByRole('complementary', { name: /^(Inspector|属性面板)$/ }).getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
}

/** The recipe is what the inspector shows when nothing is selected. */
export async function selectNothing(page: Page): Promise<void> {
  const canvas = page.getByRole('region', { name: /^(Network|网络)$/ });
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('There is no canvas.');
  await page.mouse.click(box.x + box.width - 12, box.y + 12);
}

/** Trains the drawing as its recipe says, to the end. */
export async function train(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Done: /)).toBeVisible({ timeout: 180_000 });
}

type Point = readonly [x: number, y: number];

/** A seven, in shares of the pad. */
const seven: readonly Point[] = [
  [0.28, 0.25],
  [0.5, 0.24],
  [0.72, 0.25],
  [0.6, 0.5],
  [0.46, 0.8],
];

/** Draws with the mouse; `during` is called with the pen still down. */
export async function drawSeven(page: Page, during: () => Promise<void> = async () => {}): Promise<void> {
  const opener = page.getByRole('button', { name: 'Draw a digit', exact: true });
  if (await opener.isVisible()) await opener.click();
  await page.getByRole('button', { name: 'Clear' }).click();
  const box = await page.getByRole('img', { name: 'Drawing pad for a digit' }).boundingBox();
  if (box === null) throw new Error('There is no pad.');
  const at = ([x, y]: Point): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  const [first, ...rest] = seven as [Point, ...Point[]];
  await page.mouse.move(...at(first));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...at(point), { steps: 6 });
  await during();
  await page.mouse.up();
}

/** The ten bars, as they are. */
export async function probabilities(page: Page): Promise<number[]> {
  const bars = await page.getByRole('meter').all();
  return Promise.all(bars.map(async (bar) => Number(await bar.getAttribute('aria-valuenow'))));
}

/** The ten bars, once they are those of what is drawn. */
export async function settledProbabilities(page: Page): Promise<number[]> {
  const pad = page.getByRole('region', { name: 'Predict', exact: true });
  await expect(pad).toHaveAttribute('aria-busy', 'false');
  return probabilities(page);
}

/** In the dialog of the export, which is open. */
export const saveOnnx = (page: Page): Promise<void> =>
  page.getByRole('dialog', { name: 'Export network' }).getByRole('button', { name: 'Export ONNX model…' }).click();

/** Answers the file dialogs in the user's place. */
export async function answerDialogs(electron: ElectronApplication, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, path);
}

/** Only what main and preload do with the drop is ours: the browser's own part is that a drop brings files. */
export async function drop(page: Page, path: string): Promise<void> {
  const input = await page.evaluateHandle(() => {
    const chooser = document.createElement('input');
    chooser.type = 'file';
    return chooser;
  });
  await input.asElement()?.setInputFiles(path);
  await input.evaluate((chooser) => {
    const dataTransfer = new DataTransfer();
    for (const file of chooser.files ?? []) dataTransfer.items.add(file);
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
}

/** Drags files or folders from outside over a part of the window and drops them there. */
export async function dragIn(page: Page, paths: readonly string[], over: Locator): Promise<void> {
  const box = await over.boundingBox();
  if (box === null) throw new Error('There is no place to drop on.');
  const session = await page.context().newCDPSession(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await session.detach();
}
