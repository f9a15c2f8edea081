import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from './command.ts';
import { checkOutput } from './outputFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-output-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

for (const name of ['in.netloom', 'other.netloom']) writeFileSync(at(name), name);
writeFileSync(at('empty.netloom'), '');
mkdirSync(at('folder.netloom'));

const check = (name: string, { force = false, replace = false, input = at('in.netloom') } = {}) => {
  return checkOutput(name.startsWith('/') ? name : at(name), {
    extension: '.netloom',
    input,
    options: { force },
    mayReplace: (isInput) => replace && isInput,
  });
};

describe('an output path', () => {
  it.each<[string, Parameters<typeof check>[1]]>([
    ['new.netloom', {}],
    ['NEW.NETLOOM', {}],
    ['empty.netloom', {}],
    ['other.netloom', { force: true }],
    ['in.netloom', { replace: true }],
  ])('%s with %j is accepted', async (name, options) => {
    await expect(check(name, options)).resolves.toBeUndefined();
  });

  it.each<[string, RegExp, Parameters<typeof check>[1]?]>([
    ['other.netloom', /already exists.*--force/],
    ['other.netloom', /already exists/, { replace: true }],
    ['in.netloom', /already exists/],
    ['new', /must end in \.netloom.*-o new\.netloom/],
    ['new.onnx', /must end in \.netloom/],
    ['new.netloom.bak', /must end in \.netloom/],
    ['new.onnx', /must end in/, { force: true }],
    ['.netloom', /must end in \.netloom/],
    ['no/new.netloom', /folder “.*” does not exist/],
    ['new.netloom/', /is a folder/],
    ['other.netloom/', /is a folder/, { force: true }],
    [`${'n'.repeat(300)}.netloom`, /the name is too long/],
    [`${'n'.repeat(245)}.netloom`, /cannot be written: the name is too long/],
    ['folder.netloom', /is a folder, which would be replaced/, { force: true }],
  ])('%s is refused: %s', async (name, message, options) => {
    await expect(check(name, options)).rejects.toThrow(message);
  });

  it('a wrong name or an existing file is wrong usage', async () => {
    await expect(check('other.netloom')).rejects.toBeInstanceOf(UsageError);
    await expect(check('new.zip')).rejects.toBeInstanceOf(UsageError);
  });
});

describe.runIf(process.platform !== 'win32')('an output path that is not a regular file', () => {
  it.each(['/dev/null', 'pipe.netloom', 'circle.netloom', 'toNull.netloom'])('%s is refused', async (name) => {
    if (name === 'pipe.netloom') execFileSync('mkfifo', [at(name)]);
    if (name === 'circle.netloom') symlinkSync(name, at(name));
    if (name === 'toNull.netloom') symlinkSync('/dev/null', at(name));
    await expect(check(name, { force: true })).rejects.toThrow(/is a (pipe|device)|is a symbolic link to itself/);
  });

  it.runIf(process.platform === 'linux')(
    'a folder without write permission is reported before the work starts',
    async () => {
      await expect(check('/proc/new.netloom')).rejects.toThrow(/“\/proc\/new\.netloom” cannot be written/);
    },
  );

  it('the check leaves no file', async () => {
    await check('new.netloom');
    expect(readdirSync(folder).filter((name) => name.includes('new.netloom'))).toEqual([]);
  });

  it('a link to the input is the input', async () => {
    symlinkSync('in.netloom', at('soft.netloom'));
    linkSync(at('in.netloom'), at('hard.netloom'));
    for (const name of ['soft.netloom', 'hard.netloom']) {
      await expect(check(name)).rejects.toThrow(/already exists/);
      await expect(check(name, { replace: true })).resolves.toBeUndefined();
    }
  });
});
