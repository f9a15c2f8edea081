import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app, screen } from 'electron';
import { z } from 'zod';

const settingsSchema = z.object({
  bounds: z.object({
    x: z.int().optional(),
    y: z.int().optional(),
    width: z.int().min(1024),
    height: z.int().min(640),
  }),
  maximized: z.boolean(),
  language: z.enum(['en', 'zh']),
  theme: z.enum(['system', 'light', 'dark']),
});
/** What main has to know before the page runs: where the window was, and what it looked like. */
export type Settings = z.infer<typeof settingsSchema>;

const file = () => join(app.getPath('userData'), 'window.json');

function defaults(): Settings {
  return {
    bounds: { width: 1440, height: 900 },
    maximized: false,
    language: app.getLocale().toLowerCase().startsWith('zh') ? 'zh' : 'en',
    theme: 'system',
  };
}

/** A window that was on a screen which is gone now opens in the middle instead. */
function isVisible({ x, y, width, height }: Settings['bounds']): boolean {
  if (x === undefined || y === undefined) return false;
  return screen.getAllDisplays().some(({ workArea: area }) => {
    const inX = x < area.x + area.width - 100 && x + width > area.x + 100;
    return inX && y >= area.y - 10 && y < area.y + area.height - 50 && height > 0;
  });
}

export function readSettings(): Settings {
  try {
    const settings = settingsSchema.parse(JSON.parse(readFileSync(file(), 'utf8')));
    if (isVisible(settings.bounds)) return settings;
    const { width, height } = settings.bounds;
    return { ...settings, bounds: { width, height } };
  } catch {
    // Missing on the first start; a damaged one is not worth a question.
    return defaults();
  }
}

export function writeSettings(settings: Settings): void {
  try {
    const path = file();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(settings));
    renameSync(`${path}.new`, path);
  } catch (error) {
    console.error('Window settings were not saved:', error);
  }
}
