import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).map((file) => `renderer/${file}`);
const read = (kind: RegExp) =>
  files.filter((file) => kind.test(file)).map((file) => [file, readFileSync(file, 'utf8')] as const);
const code = read(/\.tsx?$/);
const uncommented = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '');
const sheets = read(/\.css$/).map(([file, css]) => [file, uncommented(css)] as const);

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** Classes of a style sheet, and those that the code and other sheets take from it; `some`: it takes others by a value. */
function classesOf(file: string, css: string) {
  const plain = css.replace(/:global\([^)]*\)/g, '');
  const selectors = matches(plain, /([^{}]+)\{/g).filter((selector) => !selector.trim().startsWith('@'));
  const users = code.flatMap(([, text]) => {
    const [name] = matches(text, new RegExp(`import (\\w+) from '[^']*/${basename(file)}'`, 'g'));
    return name === undefined ? [] : [{ name, text }];
  });
  const composed = sheets.flatMap(([, text]) =>
    matches(text, new RegExp(`composes: (\\w+) from "[^"]*/${basename(file)}"`, 'g')),
  );
  return {
    there: new Set(selectors.flatMap((selector) => matches(selector, /\.([A-Za-z_][\w-]*)/g))),
    taken: new Set([
      ...composed,
      ...users.flatMap(({ name, text }) => matches(text, new RegExp(`(?<!['\\w.])${name}\\.(\\w+)`, 'g'))),
    ]),
    some: users.some(({ name, text }) => new RegExp(`\\b${name}\\[`).test(text)),
  };
}

test('every class of a style sheet is used, and every one that is used is there', () => {
  const wrong = sheets
    .filter(([file]) => file.endsWith('.module.css'))
    .flatMap(([file, css]) => {
      const { there, taken, some } = classesOf(file, css);
      const unused = some ? [] : [...there].filter((name) => !taken.has(name));
      const missing = [...taken].filter((name) => !there.has(name));
      return [...unused.map((name) => `${file}: .${name} is unused`), ...missing.map((name) => `${file}: no .${name}`)];
    });
  expect(wrong).toEqual([]);
});

/** Names of the properties in the rules of these exact selectors. */
const propertiesOf = (css: string, selector: string): string[] =>
  [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .filter(([, selectors = '']) => selectors.split(',').some((one) => one.trim() === selector))
    .flatMap(([, , body = '']) => matches(body, /(?:^|;)\s*([\w-]+):/g));

test('a composed class and its composer set different properties, as bundles may put either last', () => {
  const wrong = sheets.flatMap(([file, css]) =>
    [...css.matchAll(/([^{}]+)\{\s*composes: (\w+) from "([^"]+)"/g)].flatMap(([, own = '', name = '', from = '']) => {
      const selector = own.trim();
      const composed = propertiesOf(uncommented(readFileSync(join(dirname(file), from), 'utf8')), `.${name}`);
      return propertiesOf(css, selector)
        .filter((property) => composed.includes(property))
        .map((property) => `${file}: ${selector} and .${name} set ${property}`);
    }),
  );
  expect(wrong).toEqual([]);
});

test('every container is asked for its size', () => {
  const all = sheets.map(([, css]) => css).join('\n');
  const asked = new Set(matches(all, /@container ([\w-]+)/g));
  const named = [...new Set(matches(all, /\bcontainer: ([\w-]+)/g))];
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !asked.has(name))).toEqual([]);
});
