import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** The files among the arguments of a start: no switches, not the folder of the app itself. */
export function filesIn(args: readonly string[], folder: string): readonly string[] {
  return args
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .map((arg) => resolve(folder, arg))
    .filter((path) => !statSync(path, { throwIfNoEntry: false })?.isDirectory());
}
