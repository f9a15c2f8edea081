import { existsSync, readFileSync, renameSync } from 'node:fs';
import type { z } from 'zod';
import { explain } from '../src/engine/fileReason.ts';
import { salvageValue } from '../src/salvageValue.ts';
import type { DamagedWork } from './recovery.ts';

const moved: DamagedWork[] = [];

/** Damaged files of the app that were moved aside since the start. */
export const damagedFiles = (): readonly DamagedWork[] => moved;

function setAside(file: string, error: unknown): void {
  let place = `${file}.damaged`;
  for (let n = 2; existsSync(place); n++) place = `${file}.damaged ${n}`;
  try {
    renameSync(file, place);
    moved.push({ file: place, reason: explain(error, (reason) => reason) });
  } catch (failure) {
    console.error(failure);
  }
}

/**
 * Reads a JSON file of the app; `fallback` if it does not exist. Damaged parts are replaced with those of `fallback`,
 * and the damaged file is moved aside.
 */
export function readKeptFile<S extends z.ZodType>(file: string, schema: S, fallback: z.infer<S>): z.infer<S> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') console.error(error);
    return fallback;
  }
  try {
    const value: unknown = JSON.parse(text);
    const whole = schema.safeParse(value);
    if (whole.success) return whole.data;
    const names = whole.error.issues.map(({ path }) => path.join('.'));
    setAside(file, new Error(`wrong: ${[...new Set(names)].slice(0, 5).join(', ')}`));
    return salvageValue(schema, fallback, value);
  } catch (error) {
    setAside(file, error);
    return fallback;
  }
}
