import { expect, it } from 'vitest';
import { classNames } from './classNames.ts';

const kind = { name: 'kind', classes: 2, names: ['cat', 'dog'] };
const size = { name: 'size', classes: 2, names: ['small', 'large'] };
const age = { name: 'age', classes: null };

it.each<[string, Parameters<typeof classNames>, readonly string[]]>([
  ['the only target', [[kind], 'classes'], ['cat', 'dog']],
  ['the target with the name of the output', [[kind, size], 'size'], ['small', 'large']],
  ['none of several by another name', [[kind, size], 'classes'], []],
  ['none of several for any output', [[kind, size], null], []],
  ['the only target with classes', [[age, size], 'classes'], ['small', 'large']],
  ['no names', [[{ name: 'y', classes: 3 }], 'y'], []],
  ['no classes', [[age], 'age'], []],
])('%s', (_, args, names) => expect(classNames(...args)).toEqual(names));
