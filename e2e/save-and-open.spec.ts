import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { ElectronApplication, Page } from '@playwright/test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { endlessModel } from '../src/engine/importing/damage/endlessModel.ts';
import { openSizesModel } from '../src/engine/importing/damage/openSizesModel.ts';
import type { DocumentNode, NetworkDocument } from '../src/graph/document.ts';
import { writeDocument } from '../src/graph/file.ts';
import { type ModelProto, ModelProtoSchema } from '../src/onnx/gen/onnx_pb.ts';
import { templateOf } from '../templates/index.ts';
import {
  answerDialogs,
  card,
  drawSeven,
  drop,
  probabilities,
  saveOnnx,
  selectNothing,
  setField,
  settledProbabilities,
  train,
} from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

/** In the open dialog: with the preprocessing and float16 weights, then as a project of PyTorch. */
async function exportOtherwise(electron: ElectronApplication, page: Page, folder: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Export network' });
  const raw = join(folder, 'raw.onnx');
  await answerDialogs(electron, raw);
  await dialog.getByRole('checkbox', { name: 'Include the preprocessing' }).check();
  await expect(dialog.getByText(/uint8 \[N, 28, 28, 1\]/)).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Store weights as float16' }).check();
  await saveOnnx(page);
  await expect(dialog.getByRole('status')).toContainText(/float16 changes the outputs by at most \d/);
  const session = await InferenceSession.create(raw);
  const [input = ''] = session.inputNames;
  const results = await session.run({ [input]: new Tensor('uint8', new Uint8Array(784), [1, 28, 28, 1]) });
  expect(Object.values(results).map(({ dims }) => dims)).toContainEqual([1, 10]);

  // The project has no options; the format stays chosen.
  const project = join(folder, 'torch');
  await answerDialogs(electron, project);
  await dialog.getByRole('radio', { name: /^PyTorch project/ }).check();
  await expect(dialog.getByRole('checkbox')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Export PyTorch project…' }).click();
  await expect(dialog.getByRole('status')).toContainText('Class Mine');
  expect(readFileSync(join(project, 'model.py'), 'utf8')).toContain('class Mine(nn.Module)');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Control+e');
  await expect(dialog.getByRole('radio', { name: /^PyTorch project/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /^ONNX model/ }).check();
  await expect(dialog.getByRole('checkbox', { name: 'Store weights as float16' })).toBeChecked();
  await page.keyboard.press('Escape');
}

test('a file restores network and weights', async ({ app: { electron, page, folder } }) => {
  const file = join(folder, 'mine.netloom');
  await card(page, 'Conv2d conv1').click();
  await setField(page, 'Output channels', '4');
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
  await page.getByRole('button', { name: 'Start from a template…' }).first().click();
  await openTemplate(page, 'Multilayer perceptron');
  await expect(page.getByRole('group', { name: /^Linear / })).toHaveCount(2);
  await page.keyboard.press('Control+o');
  await expect(card(page, 'Conv2d conv1')).toContainText('4 channels');
  await drawSeven(page);
  await expect.poll(() => probabilities(page)).toEqual(before);

  // An exported model is the same trained network.
  const model = join(folder, 'mine.onnx');
  await answerDialogs(electron, model);
  await page.keyboard.press('Control+e');
  await saveOnnx(page);
  await expect(page.getByRole('status').filter({ hasText: model })).toBeVisible();
  await exportOtherwise(electron, page, folder);
  await answerDialogs(electron, model);
  const openAnother = async () => {
    await page.keyboard.press('Control+n');
    await page.getByRole('button', { name: 'Start from a template…' }).first().click();
    await openTemplate(page, 'Multilayer perceptron');
  };
  await openAnother();
  await page.keyboard.press('Control+o');
  await expect(card(page, 'Conv2d conv1')).toContainText('4 channels');
  await drawSeven(page);
  await expect.poll(() => probabilities(page)).toEqual(before);
  await openAnother();
  await drop(page, model);
  await expect(card(page, 'Conv2d conv1')).toContainText('4 channels');
  await drawSeven(page);
  await expect.poll(() => probabilities(page)).toEqual(before);

  // Weights that another program has changed are not taken for those of the export; small tensors belong to the graph.
  const changed = (change: (model: ModelProto) => void): Uint8Array => {
    const read = fromBinary(ModelProtoSchema, readFileSync(model));
    change(read);
    return toBinary(ModelProtoSchema, read);
  };
  const other = join(folder, 'other.onnx');
  writeFileSync(
    other,
    changed(({ graph }) => graph?.initializer.find(({ rawData }) => rawData.length >= 1024)?.rawData.fill(0)),
  );
  await drop(page, other);
  await expect(
    page.getByRole('status').filter({ hasText: /without its weights: the weights are damaged/ }),
  ).toBeVisible();
  await expect(card(page, 'Conv2d conv1')).toContainText('4 channels');

  // A damaged model leaves everything as it was.
  writeFileSync(other, readFileSync(model).subarray(0, 5000));
  await drop(page, other);
  await expect(page.getByRole('alert').filter({ hasText: '“other.onnx” is' })).toBeVisible();
  await expect(card(page, 'Conv2d conv1')).toContainText('4 channels');

  // Without the document, it is a model like that of any other program: it is imported, with the same predictions.
  await openAnother();
  writeFileSync(
    other,
    changed((read) => read.metadataProps.splice(0)),
  );
  await drop(page, other);
  const report = page.getByRole('dialog', { name: 'Imported model' });
  await expect(report).toContainText('Conv2d ×2');
  await expect(report).toContainText(/Verified on random inputs/);
  await report.getByRole('button', { name: 'Close' }).click();
  await expect(card(page, 'Conv2d conv1')).toContainText('4 channels');
  await drawSeven(page);
  await expect.poll(() => probabilities(page)).toEqual(before);

  const again = join(folder, 'again.netloom');
  await answerDialogs(electron, again);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status').filter({ hasText: again })).toBeVisible();

  // The import of a model that runs without end is canceled; network and window stay as they are.
  const endless = join(folder, 'endless.onnx');
  writeFileSync(endless, endlessModel());
  const importing = page.getByRole('region', { name: 'Importing “endless.onnx”' });
  const processes = () =>
    electron.evaluate(({ app }) => app.getAppMetrics().filter(({ name }) => name === 'Netloom engine').length);
  const count = await processes();
  const ways = [
    () => importing.getByRole('button', { name: 'Cancel' }).click(),
    () => page.keyboard.press('Escape'),
    () => page.keyboard.press('Control+n'),
  ];
  for (const cancel of ways) {
    await expect(card(page, 'Conv2d conv1')).toContainText('4 channels');
    await drop(page, endless);
    await expect(importing.getByRole('status')).toHaveText('Running the model to observe its shapes…');
    expect(await processes()).toBe(count + 1);
    await cancel();
    await expect(importing).toBeHidden();
    await expect.poll(processes).toBe(count);
  }
  await expect(page.getByRole('alert')).toHaveCount(0);

  // Sizes that a model leaves open are asked for where it does not run with the usual ones, and can be changed where it does.
  const open = join(folder, 'open.onnx');
  const needs = page.getByRole('dialog', { name: 'The model needs sizes' });
  writeFileSync(open, openSizesModel(12));
  await drop(page, open);
  await needs.getByLabel('T', { exact: true }).fill('12');
  await needs.getByRole('button', { name: 'Import again' }).click();
  await expect(needs).toBeHidden();
  await expect(report).toContainText('“open” is a new network');
  await expect(report.getByLabel('T', { exact: true })).toHaveValue('12');
  const button = report.getByRole('button', { name: 'Import again' });
  await expect(button).toBeDisabled();
  await report.getByLabel('T', { exact: true }).fill('0');
  await expect(report.getByRole('alert')).toContainText('Enter a whole number');
  await expect(button).toBeDisabled();
  await report.getByLabel('T', { exact: true }).fill('13');
  await button.click();
  await expect(needs).toContainText('does not run');
  await needs.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('group', { name: /^Linear / })).toHaveCount(1);
});

/** Three layers of 40,000 units: 6.4 GB of weights each, of which nothing is drawn for an estimate. */
function tooLargeToSave(): NetworkDocument {
  const mlp = templateOf('mlp')?.document as NetworkDocument;
  const wide = (name: string, y: number): DocumentNode => ({
    id: name,
    layer: 'linear',
    name,
    config: { outFeatures: 40_000 },
    position: { x: 0, y },
  });
  const nodes = [
    ...mlp.nodes.filter(({ layer }) => layer === 'input' || layer === 'flatten' || layer === 'classifier'),
    wide('wide1', 200),
    wide('wide2', 300),
    { ...wide('last', 400), config: { outFeatures: 10 } },
  ];
  const order = ['input', 'flatten', 'wide1', 'wide2', 'last', 'classifier'].map(
    (key) => nodes.find(({ layer, name }) => layer === key || name === key)?.id as string,
  );
  const edges = order.slice(1).map((id, i) => ({
    id: `e${i}`,
    from: { node: order[i] as string, port: 'y' },
    to: { node: id, port: 'x' },
  }));
  return { ...mlp, nodes, edges, frames: [], notes: [] };
}

test('a damaged file and a network too large to save are refused', async ({ app: { electron, page, folder } }) => {
  const file = join(folder, 'broken.netloom');
  writeFileSync(file, 'PK\u0003\u0004 and nothing more');
  await answerDialogs(electron, file);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('alert')).toContainText('“broken.netloom” is damaged or incomplete');
  await expect(card(page, 'Conv2d conv1')).toBeVisible();

  // A network whose file could not be read again is refused before it is trained.
  const large = join(folder, 'large.json');
  writeFileSync(large, writeDocument(tooLargeToSave()));
  await answerDialogs(electron, large);
  await page.keyboard.press('Control+o');
  await expect(card(page, 'Linear wide2')).toBeVisible();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/needs \d+\sGB, but the maximum size of a project is 4\.3\sGB/).first()).toBeVisible();
});

test('closing with unsaved work asks, and canceling keeps the window', async ({ app: { electron, page } }) => {
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
