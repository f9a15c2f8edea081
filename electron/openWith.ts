import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The files among the command line arguments, given as paths or file: URLs. Switches and the folder of the app are
 * ignored.
 */
export function filesIn(args: readonly string[], folder: string): readonly string[] {
  return args
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .flatMap((arg) => (/^file:/i.test(arg) ? pathOf(arg) : [resolve(folder, arg)]))
    .filter((path) => !statSync(path, { throwIfNoEntry: false })?.isDirectory());
}

/** File managers may pass URLs. The URL of a file on another computer is ignored. */
function pathOf(address: string): readonly string[] {
  try {
    return [fileURLToPath(address)];
  } catch {
    return [];
  }
}
