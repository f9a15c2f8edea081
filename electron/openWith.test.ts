import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { filesIn } from './openWith.ts';

const folder = import.meta.dirname;
const here = (name: string) => join(folder, name);

it.each<[string[], string[]]>([
  [[], []],
  [
    ['a.netloom', 'sub/b c.netloom'],
    [here('a.netloom'), here('sub/b c.netloom')],
  ],
  [[resolve('/x/网络.netloom')], [resolve('/x/网络.netloom')]],
  [['--no-sandbox', '-x', '', 'a.netloom'], [here('a.netloom')]],
  [[folder, '.'], []],
  [[pathToFileURL(here('a b%网.netloom')).href], [here('a b%网.netloom')]],
  [['file://elsewhere/share/a.netloom', 'file:///%zz'], []],
])('the arguments %j name the files %j', (args, files) => {
  expect(filesIn(args, folder)).toEqual(files);
});
