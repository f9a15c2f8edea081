// Removes from package-lock.json the `engines` of packages that ask for a newer Node than Netloom does. The parts that
// Netloom uses run on the older one, as continuous integration shows, but npm would warn at every installation and has no
// setting against that. Run it after a change of dependencies; tools/lock.test.ts asks for it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The oldest Node that Netloom asks for (`engines` in package.json). */
const LEAST = 20;

/**
 * Packages of a lock file whose plain lower bound is above that Node.
 * @param {{ packages: Record<string, { engines?: { node?: string } }> }} lock
 */
export const newerEngines = ({ packages }) =>
  Object.keys(packages).filter((path) => {
    const [, least = '0'] = /^>=\s*(\d+)/.exec(packages[path]?.engines?.node ?? '') ?? [];
    return Number(least) > LEAST;
  });

if (process.argv[1] === import.meta.filename) {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const found = newerEngines(lock);
  for (const path of found) delete lock.packages[path].engines;
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  for (const path of found) console.error(`tried on Node ${LEAST}: ${path}`);
}
