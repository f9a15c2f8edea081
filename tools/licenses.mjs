// One text of all licenses in the app: Netloom's own, the credits, and those of every package in the bundles and beside
// them. The window shows it (Help › Licenses), and packages have it beside the app.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { out, root } from './paths.mjs';

/** Texts of packages that come without one. */
const OWN_TEXTS = {
  'onnxruntime-node': 'docs/licenses/onnxruntime.txt',
  'onnxruntime-common': 'docs/licenses/onnxruntime.txt',
  '@bufbuild/protobuf': 'docs/licenses/protobuf.txt',
};

/** @typedef {{ name: string, version: string, license: string, text: string }} License */

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8');

/**
 * The packages of a list as the bundler writes it: a heading each, `## name - version (license)`, above the text.
 * @param {string} list
 * @returns {License[]}
 */
export function bundledLicenses(list) {
  return list
    .split(/^(?=## \S+ - [\d.]+\S* \()/m)
    .slice(1)
    .map((part) => {
      const [, name = '', version = '', license = '', text = ''] =
        /^## (\S+) - (\S+) \((.*)\)\n([\s\S]*)$/.exec(part) ?? [];
      return { name, version, license, text: text.trim() };
    });
}

/**
 * A package that is not bundled.
 * @param {string} name
 * @returns {License}
 */
function unbundled(name) {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(read(join(folder, 'package.json')));
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt'].find((each) => existsSync(join(root, folder, each)));
  return { name, version, license: license, text: file === undefined ? '' : read(join(folder, file)).trim() };
}

/** Every package that ships, by name; the same version once. */
export function shippedLicenses() {
  const { dependencies } = JSON.parse(read('package.json'));
  const lists = ['main', 'renderer'].map((part) => readFileSync(join(out, part, 'licences.md'), 'utf8'));
  // Fonts are no code: the bundler does not list them.
  const beside = [...Object.keys(dependencies), 'onnxruntime-common', '@fontsource-variable/inter'];
  const all = [...lists.flatMap(bundledLicenses), ...beside.map(unbundled)];
  const texts = /** @type {Record<string, string>} */ (OWN_TEXTS);
  const whole = all.map((each) => {
    const own = texts[each.name];
    return each.text === '' && own !== undefined ? { ...each, text: read(own).trim() } : each;
  });
  const once = new Map(whole.map((each) => [`${each.name} ${each.version}`, each]));
  return [...once.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Writes `licences.txt` beside the page. */
export function writeLicenses() {
  const line = '-'.repeat(80);
  const parts = shippedLicenses().map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}`,
  );
  const text = [`Netloom\n\n${read('LICENSE').trim()}`, read('CREDITS.md').trim(), ...parts].join(`\n\n${line}\n\n`);
  writeFileSync(join(out, 'renderer', 'licences.txt'), `${text}\n`);
}
