import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { languageOfLocale, languageSchema } from '../src/text.ts';
import { themeSchema } from '../src/theme.ts';
import { readKeptFile } from './keptFile.ts';
import { isVisible } from './placeWindow.ts';

const settingsSchema = z.object({
  bounds: z.object({
    x: z.int().optional(),
    y: z.int().optional(),
    width: z.int().min(1024),
    height: z.int().min(640),
  }),
  maximized: z.boolean(),
  language: languageSchema,
  theme: themeSchema,
  /** Folder of the last opened or saved file, in which dialogs start. */
  folder: z.string().nullable().default(null),
  /** Origin of the storage of the page: `file` in versions before the protocol of the app. */
  pageStorage: z.enum(['file', 'app']).default('file'),
});
/** Settings that the main process needs before a page runs. */
export type Settings = z.infer<typeof settingsSchema>;

export interface SettingsStore {
  readonly now: Settings;
  change(part: Partial<Settings>): void;
}

const file = () => join(app.getPath('userData'), 'window.json');

function defaults(): Settings {
  return {
    bounds: { width: 1440, height: 900 },
    maximized: false,
    language: languageOfLocale(app.getLocale()),
    theme: 'system',
    folder: null,
    pageStorage: 'app',
  };
}

function read(): Settings {
  const settings = readKeptFile(file(), settingsSchema, defaults());
  const { x, y, width, height } = settings.bounds;
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  // If the screen of the last window is gone, the window opens in the center.
  const seen = x !== undefined && y !== undefined && isVisible({ x, y, width, height } satisfies Rectangle, areas);
  return seen ? settings : { ...settings, bounds: { width, height } };
}

function write(settings: Settings): void {
  try {
    const path = file();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(settings));
    renameSync(`${path}.new`, path);
  } catch (error) {
    console.error('Window settings were not saved:', error);
  }
}

/** Opens the settings of the app, common to all windows. Every change is written at once. */
export function openSettings(): SettingsStore {
  let now = read();
  return {
    get now() {
      return now;
    },
    change(part) {
      const next = { ...now, ...part };
      if (JSON.stringify(next) === JSON.stringify(now)) return;
      now = next;
      write(now);
    },
  };
}
