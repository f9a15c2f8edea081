import { describe, expect, it } from 'vitest';
import { listByTable, listClassFolders } from './imageFolder.ts';

const list = (paths: readonly string[]) => {
  const { classes, entries } = listClassFolders(paths, 'data');
  return { classes, entries: entries.map(({ path, label, part }) => `${path} ${label} ${part ?? '-'}`) };
};

describe('images in class folders', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['two classes', ['b/1.png', 'a/2.JPG'], ['a', 'b'], ['a/2.JPG 0 -', 'b/1.png 1 -']],
    ['deeper files', ['a/x/1.png', 'b/2.png'], ['a', 'b'], ['a/x/1.png 0 -', 'b/2.png 1 -']],
    ['a folder around all', ['set/a/1.png', 'set/b/2.png'], ['a', 'b'], ['set/a/1.png 0 -', 'set/b/2.png 1 -']],
    [
      'parts',
      ['train/a/1.png', 'Val/a/2.png', 'test/b/3.png', 'train/b/4.png'],
      ['a', 'b'],
      ['train/a/1.png 0 train', 'train/b/4.png 1 train', 'Val/a/2.png 0 validation', 'test/b/3.png 1 test'],
    ],
    [
      'parts in a folder',
      ['set/train/a/1.png', 'set/test/b/2.png'],
      ['a', 'b'],
      ['set/train/a/1.png 0 train', 'set/test/b/2.png 1 test'],
    ],
    [
      'files of the system',
      ['a/1.png', 'b/2.png', '.DS_Store', '__MACOSX/a/._1.png', 'a/.hidden.png', 'a/notes.txt'],
      ['a', 'b'],
      ['a/1.png 0 -', 'b/2.png 1 -'],
    ],
    [
      'numbers as names',
      ['10/1.png', '9/2.png', '0/3.png'],
      ['0', '9', '10'],
      ['0/3.png 0 -', '9/2.png 1 -', '10/1.png 2 -'],
    ],
    ['names in other scripts', ['猫/1.png', '犬/2.png'], ['犬', '猫'], ['犬/2.png 0 -', '猫/1.png 1 -']],
  ])('%s', (_, paths, classes, entries) => {
    expect(list(paths)).toEqual({ classes, entries });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no images', ['a/1.txt'], /contains no images/],
    ['no class folders', ['1.png', '2.png'], /have no classes/],
  ])('refuses %s', (_, paths, message) => {
    expect(() => list(paths)).toThrow(message);
  });
});

describe('images in a table', () => {
  const paths = ['img/a1.png', 'img/b2.png', 'img/c3.png'];
  const rows = (...lines: string[]) => ({
    columns: (lines[0] as string).split(','),
    rows: lines.slice(1).map((line) => line.split(',')),
    delimiter: ',',
  });
  it.each<[string, ReturnType<typeof rows>, readonly string[]]>([
    ['paths', rows('file,label', 'img/a1.png,cat', 'img/b2.png,dog'), ['img/a1.png cat -', 'img/b2.png dog -']],
    ['names', rows('label,file', 'cat,a1.png', 'dog,b2.png'), ['img/a1.png cat -', 'img/b2.png dog -']],
    ['names without their ending', rows('id,breed', 'a1,cat', 'b2,dog'), ['img/a1.png cat -', 'img/b2.png dog -']],
    [
      'parts',
      rows('file,split,label', 'a1.png,train,cat', 'b2.png,test,dog'),
      ['img/a1.png cat train', 'img/b2.png dog test'],
    ],
    [
      'a file that is not there',
      rows('file,label', 'a1.png,cat', 'zz.png,dog', 'c3.png,dog'),
      ['img/a1.png cat -', 'img/c3.png dog -'],
    ],
  ])('named by %s', (_, table, wanted) => {
    const listing = listByTable(paths, table, 'data');
    const found = listing?.entries.map(({ path, label, part }) => `${path} ${listing.classes[label]} ${part ?? '-'}`);
    expect(found).toEqual(wanted);
  });

  it('is null for a table of other things', () => {
    expect(listByTable(paths, rows('x,y', '1,2', '3,4'), 'data')).toBeNull();
  });
});
