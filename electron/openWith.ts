import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files among the arguments of a start, as paths or file: addresses; no switches, not the folder of the app itself. */
export function filesIn(args: readonly string[], folder: string): readonly string[] {
  return args
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .flatMap((arg) => (/^file:/i.test(arg) ? pathOf(arg) : [resolve(folder, arg)]))
    .filter((path) => !statSync(path, { throwIfNoEntry: false })?.isDirectory());
}

/** File managers may hand over addresses; one on another machine is no file here. */
function pathOf(address: string): readonly string[] {
  try {
    return [fileURLToPath(address)];
  } catch {
    return [];
  }
}
