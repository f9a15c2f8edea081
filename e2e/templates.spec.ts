import { goTo, openStartPage } from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

test('a template shows its description, opens with other options and gets the settings of its book', async ({
  app: { page },
}) => {
  // A network of the book gets the settings of the book in one click, and loses them in one.
  await openStartPage(page);
  await openTemplate(page, 'LeNet (sigmoid, average pooling)');
  await goTo(page, 'Train');
  const book = page.getByRole('region', { name: 'Settings of “Dive into Deep Learning”' });
  await expect(book).toContainText('SGD, learning rate 0.9, batch size 256, 10 epochs, validation fraction 0.01');
  await expect(book.getByRole('button', { name: 'Get Fashion-MNIST' })).toBeVisible();
  await book.getByRole('button', { name: 'Use settings of the book' }).click();
  await expect(page.getByLabel('Batch size', { exact: true })).toHaveValue('256');
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveValue('0.9');
  await expect(book).toContainText('In use');
  await page.keyboard.press('Control+z');
  await expect(page.getByLabel('Batch size', { exact: true })).toHaveValue('32');
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveValue('0.002');
  await goTo(page, 'Design');

  await openStartPage(page);
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('resnet');
  await page.getByRole('button', { name: 'About ResNet-18 and its options', exact: true }).click();
  const about = page.getByRole('dialog', { name: 'ResNet-18', exact: true });
  await expect(about).toContainText('Deep Residual Learning for Image Recognition');
  await expect(about.getByRole('status')).toContainText('71 layers · 11,689,512 parameters');
  await expect(about).toContainText('“ImageNet” is not included in Netloom');
  await expect(about.getByRole('button', { name: 'Open version for handwritten digits' })).toBeVisible();

  // Escape closes the dialog alone.
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await page.getByRole('button', { name: 'About ResNet-18 and its options', exact: true }).click();

  await about.getByLabel('Depth').selectOption('34');
  await expect(about.getByRole('status')).toContainText('21,797,672 parameters');
  await about.getByLabel('Classes', { exact: true }).fill('10');
  await expect(about.getByRole('status')).toContainText('21,289,802 parameters');
  await about.getByLabel('Input').fill('3×1×1');
  await expect(about.getByRole('status')).toContainText('1');
  await page.keyboard.press('Escape');
  await expect(about.getByLabel('Input')).toHaveValue('3×224×224');
  await about.getByRole('button', { name: 'Open', exact: true }).click();

  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('21,289,802');
  await expect(inspector).toContainText('From template ResNet-18');

  // Its data is not here: Train says so beforehand, and a click shows what helps.
  await expect(page.getByRole('button', { name: 'not trainable here' })).toBeVisible();
  const train = page.getByRole('button', { name: 'Train', exact: true });
  await expect(train).toHaveAttribute('title', /“imagenet” is not included in Netloom.*not trained on this computer/);
  await page.keyboard.press('F5');
  await page
    .getByRole('button', { name: /^Train on images of handwritten digits “mnist”: input 1×28×28/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'no problems' })).toBeVisible();
  await expect(train).not.toHaveAttribute('aria-disabled', 'true');
});
