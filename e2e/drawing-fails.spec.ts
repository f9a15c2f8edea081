import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialParameters } from '../src/compile/initialize.ts';
import { checkedGraph } from '../src/engine/network.ts';
import { writeWeights } from '../src/engine/weights.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import { readProject, writeProject } from '../src/graph/file.ts';
import { templateOf } from '../templates/index.ts';
import { answerDialogs, card } from './actions.ts';
import { expect, test } from './launch.ts';

test.use({ planted: 'planted' });

/** A project of LeNet with so many filters, and weights that follow from the seed. */
function project(filters: number, seed: number): { readonly bytes: Uint8Array; readonly weights: Uint8Array } {
  const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
  const nodes = lenet.nodes.map((node) =>
    node.name === 'conv1' ? { ...node, config: { ...node.config, outChannels: filters } } : node,
  );
  const document = { ...lenet, nodes };
  const weights = writeWeights(initialParameters(checkedGraph(document), seed));
  return { bytes: writeProject({ document, weights, others: {} }), weights };
}

test('an edit or a network that fails to render is undone, and the window stays usable', async ({
  app: { electron, page, folder },
}) => {
  // A planted fault: large numbers cannot be written.
  const plant = () =>
    page.evaluate(() => {
      const write = Number.prototype.toLocaleString;
      Object.assign(globalThis, { mend: () => Object.assign(Number.prototype, { toLocaleString: write }) });
      Number.prototype.toLocaleString = function (...args) {
        if (Number(this) >= 100_000) throw new Error('planted');
        return write.apply(this, args);
      };
    });
  const mend = () => page.evaluate(() => (globalThis as { mend?: () => void }).mend?.());

  const conv1 = card(page, 'Conv2d conv1');
  await conv1.click();
  await plant();
  const filters = page.getByRole('textbox', { name: 'Output channels' });
  await filters.fill('1200');
  const notices = page.getByRole('region', { name: 'Messages' });
  await expect(notices.getByRole('alert')).toContainText('planted');
  await expect(conv1).toContainText('6 channels');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
  const failed = page.getByRole('alert').filter({ hasText: 'This part of the window failed: planted' });
  /** Parts may also have been drawn again by themselves. */
  const tryAgain = () =>
    expect(async () => {
      const again = failed.first().getByRole('button', { name: 'Try again' });
      if ((await failed.count()) > 0) await again.click({ timeout: 500 });
      await expect(failed).toHaveCount(0, { timeout: 500 });
    }).toPass();
  await mend();
  await tryAgain();
  await expect(conv1).toContainText('6 channels');
  await filters.fill('12');
  await expect(conv1).toContainText('12 channels');

  // The same of a whole network, that is opened: drawing, weights and path stay those of before.
  const [mine, large] = [project(8, 1), project(1200, 2)];
  const [ownPath, largePath] = [join(folder, 'mine.netloom'), join(folder, 'large.netloom')];
  writeFileSync(ownPath, mine.bytes);
  writeFileSync(largePath, large.bytes);
  // The edits above are discarded.
  await electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await answerDialogs(electron, ownPath);
  await page.keyboard.press('Control+o');
  await expect(conv1).toContainText('8 channels');
  await plant();
  const refused = notices.getByRole('alert').filter({ hasText: /“large.*” could not be drawn: planted/ });
  await answerDialogs(electron, largePath);
  await page.keyboard.press('Control+o');
  await expect(refused).toContainText('The network on the canvas is unchanged');
  await expect(conv1).toContainText('8 channels');
  await mend();
  await tryAgain();
  await conv1.click();
  await filters.fill('9');
  await page.keyboard.press('Control+z');
  await expect(conv1).toContainText('8 channels');
  await answerDialogs(electron, join(folder, 'elsewhere.netloom'));
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').filter({ hasText: ownPath })).toBeVisible();
  expect(readFileSync(largePath)).toEqual(Buffer.from(large.bytes));
  const saved = readProject(readFileSync(ownPath), 'mine');
  expect(saved.weights).toEqual(mine.weights);
  expect(JSON.stringify(saved.document)).toContain('"outChannels":8');

  // It was the drawing alone that failed: now the file opens.
  await answerDialogs(electron, largePath);
  await page.keyboard.press('Control+o');
  await expect(conv1).toContainText('1200 channels');
});
