import { card, goTo, runCommand, setLanguage } from './actions.ts';
import { expect, test } from './launch.ts';

test('language and theme change at once and are remembered', async ({ app: { page } }) => {
  await setLanguage(page, '中文');
  const train = page.getByRole('banner').getByRole('button', { name: '训练', exact: true });
  await expect(train).toBeVisible();
  await expect(page.getByRole('group', { name: '卷积层 conv1', exact: true })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('tab', { name: '问题 (0)' }).click();
  await expect(page.getByText('没有问题。网络可以训练和导出。')).toBeVisible();

  await runCommand(page, '高对比度');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');

  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(train).toBeVisible();
});

test('the smallest window clips no button', async ({ app: { electron, page } }) => {
  for (const language of ['English', '中文'] as const) {
    await setLanguage(page, language);
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1024, 640));
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThanOrEqual(1024);
    const clipped = await page.evaluate(() =>
      [...document.querySelectorAll('header button, footer button, footer span')]
        .filter((element) => {
          const box = element.getBoundingClientRect();
          return box.right > window.innerWidth + 1 || box.left < 0 || element.scrollWidth > element.clientWidth + 1;
        })
        .map((element) => element.textContent || element.getAttribute('aria-label')),
    );
    expect(clipped).toEqual([]);
  }
  await setLanguage(page, 'English');
  await page.keyboard.press('Control+Shift+H');
  const history = page.getByRole('tab', { name: 'History' });
  await expect(history).toHaveAttribute('aria-selected', 'true');
  await expect(history).toBeInViewport({ ratio: 1 });
});

test('the menu has the language of the window, and its entries work', async ({ app: { electron, page } }) => {
  await card(page, 'ReLU act1').click();
  await page.keyboard.press('Delete');
  await setLanguage(page, '中文');
  const undone = () =>
    electron.evaluate(({ Menu }) => {
      const edit = Menu.getApplicationMenu()?.items.find(({ label }) => label === '编辑');
      const undo = edit?.submenu?.items.find(({ label }) => label === '撤销');
      undo?.click();
      return undo !== undefined;
    });
  await expect.poll(undone).toBe(true);
  await expect(card(page, 'ReLU act1')).toBeVisible();
});

test('everything is visible in small and large windows, and at twice the size', async ({ app: { electron, page } }) => {
  const sizes = [
    { width: 1280, height: 720, zoom: 1 },
    { width: 1920, height: 1080, zoom: 2 },
    { width: 1280, height: 720, zoom: 2 },
    { width: 3840, height: 2160, zoom: 1 },
  ];
  // With weights, there are more buttons; the workspaces do not move for them.
  const tabs = page.getByRole('tablist', { name: 'Workspaces' });
  const inMiddle = async () => {
    const box = await tabs.boundingBox();
    const middle = (await page.evaluate(() => innerWidth)) / 2;
    return box === null ? Number.NaN : Math.abs(Math.round(box.x + box.width / 2 - middle));
  };
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await expect.poll(inMiddle).toBe(0);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText(/^Stopped · /)).toBeVisible();
  expect(await inMiddle()).toBe(0);

  // In a small window ten bars need no scrolling, and the toolbar of the curves is one line.
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 720));
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1280);
  const toolbar = await page.getByRole('toolbar', { name: 'Curves' }).boundingBox();
  expect(toolbar?.height).toBeLessThan(40);
  await goTo(page, 'Results');
  await expect(page.getByRole('meter')).toHaveCount(10);
  for (const bar of await page.getByRole('meter').all()) await expect(bar).toBeInViewport({ ratio: 1 });
  await goTo(page, 'Design');
  for (const { width, height, zoom } of sizes) {
    await electron.evaluate(
      ({ BrowserWindow }, to) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.setContentSize(to.width, to.height);
        window?.webContents.setZoomFactor(to.zoom);
      },
      { width, height, zoom },
    );
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width / zoom);
    const seen = () =>
      page.evaluate(() => {
        const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
        const outside = [...document.querySelectorAll('header button, [role=tablist] button, footer button')].filter(
          (element) => {
            const { left, right, width: wide } = element.getBoundingClientRect();
            return wide > 0 && (left < -1 || right > window.innerWidth + 1);
          },
        );
        return {
          canvas: box('.react-flow').width / window.innerWidth,
          scrolls: document.documentElement.scrollWidth > window.innerWidth,
          outside: outside.map((element) => element.textContent || element.getAttribute('aria-label')),
        };
      });
    // Panels close and come back with the width, a moment after it.
    await expect.poll(seen, `${width} at ${zoom}`).toMatchObject({ scrolls: false, outside: [] });
    expect((await seen()).canvas).toBeGreaterThanOrEqual(0.5);
  }
});
