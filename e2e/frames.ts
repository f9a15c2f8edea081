import type { Page } from '@playwright/test';

/** Times between animation frames, in ms. */
export interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly count: number;
}

/** Times between animation frames while `act` goes on. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    let stopped = false;
    const frame = (now: number) => {
      times.push(now);
      if (!stopped) requestAnimationFrame(frame);
      else dispatchEvent(new CustomEvent('frames', { detail: times }));
    };
    addEventListener('frames-stop', () => {
      stopped = true;
    });
    requestAnimationFrame(frame);
  });
  await act();
  const times = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        addEventListener('frames', (event) => resolve((event as CustomEvent<number[]>).detail), { once: true });
        dispatchEvent(new Event('frames-stop'));
      }),
  );
  // The first is from before the first frame.
  const sorted = times
    .map((time, index) => time - (times[index - 1] ?? time))
    .slice(2)
    .sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), worst: at(1), count: sorted.length };
}
