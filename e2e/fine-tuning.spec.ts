import { card, goTo, openStartPage, runCommand } from './actions.ts';
import { faults } from './axe.ts';
import { expect, test } from './launch.ts';

test('a pretrained network gets a new head, a frozen body and other start weights', async ({
  app: { electron, page },
}) => {
  await openStartPage(page);
  await page.getByRole('region', { name: 'Pretrained' }).getByRole('button', { name: 'Model library…' }).click();
  const library = page.getByRole('dialog', { name: 'Model library' });
  await expect(library.getByText('No run has a validated epoch yet.')).toBeVisible();
  await expect(library.getByText('Open an ONNX model with File > Open')).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await library.getByRole('searchbox').fill('batch norm');
  await expect(library.getByRole('button', { name: /^LeNet, trained/ })).toBeHidden();
  await library.getByRole('searchbox').fill('lenet');
  await library.getByRole('button', { name: /^LeNet, trained/ }).click();
  await expect(page.getByRole('region', { name: 'Start page' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Warm start', exact: true })).toBeVisible();

  // The head is found from the output layer; undo restores the network, redo replaces the head again.
  await card(page, 'Classifier classes').click();
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Replace head' }).click();
  await expect(page.getByText('New head “fc3” with 10 outputs.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+z');

  await runCommand(page, 'Freeze all but the head');
  await expect(card(page, 'Conv2d conv1')).toHaveAccessibleDescription(/frozen/);
  await expect(card(page, 'Linear fc3')).not.toHaveAccessibleDescription(/frozen/);
  await runCommand(page, 'Train the body at 1/10');
  await expect(card(page, 'Conv2d conv1')).toContainText('×0.1');

  await goTo(page, 'Train');
  const slider = page.getByRole('slider', { name: 'Frozen up to' });
  await slider.focus();
  await slider.press('ArrowLeft');
  await expect(page.getByText('fc1 · 3 of 5 layers')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('fc2 · 4 of 5 layers')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Initial weights' })).toHaveValue('held');

  // The run begins with the features of the digits: the first epoch is far better than random weights.
  await page.keyboard.press('Control+F10');
  await expect(page.getByText(/^Paused · step /)).toBeVisible();
  await page.keyboard.press('Shift+F5');
  await expect(page.getByText(/^Stopped · /)).toBeVisible();

  await electron.evaluate(
    ({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    },
    new URL('../testdata/weights/torch.safetensors', import.meta.url).pathname,
  );
  await runCommand(page, 'Load start weights');
  const table = page.getByRole('dialog', { name: 'Start weights from “torch.safetensors”' });
  await expect(table.getByRole('status')).toHaveText(
    '0 of 10 tensors have a source. The others start from random values.',
  );
  await expect(table.getByRole('button', { name: 'Start from these weights' })).toBeDisabled();
  await table.getByRole('button', { name: 'Cancel' }).click();

  // Each change of weights is an undo step, also of a single tensor.
  await goTo(page, 'Results');
  await page.getByRole('tab', { name: 'Weights', exact: true }).click();
  await page.getByRole('button', { name: 'fc1/weight', exact: true }).click();
  const detail = page.getByRole('complementary', { name: 'fc1', exact: true });
  await detail.getByRole('button', { name: 'Reset to opened file' }).click();
  await expect(page.getByText('“fc1” has the weights of “the opened file”.')).toBeVisible();
  await detail.getByRole('combobox', { name: 'Apply to' }).selectOption('Only weight');
  await detail.getByRole('button', { name: 'Reinitialize' }).click();
  await expect(page.getByText('“fc1/weight” has the weights of “the initializer”.')).toBeVisible();
  await detail.getByRole('combobox', { name: 'Load from' }).selectOption('file');
  const part = page.getByRole('dialog', { name: 'Weights of “fc1/weight” from “torch.safetensors”' });
  await expect(part.getByRole('status')).toHaveText('0 of 1 tensors have a source. The others keep their weights.');
  await part.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');

  await runCommand(page, 'Compare fine-tuning with training from scratch');
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  await expect(runs.getByText('from scratch', { exact: true }).first()).toBeVisible();
  await expect(runs.getByText('fine-tuned', { exact: true }).first()).toBeVisible();
});
