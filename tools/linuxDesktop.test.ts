import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDesktopFiles } from './linuxDesktop.mjs';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'netloom-desktop-'));
});
afterEach(() => rmSync(base, { recursive: true }));

/** A package in a folder of that name, and the user's own data. */
function prepared(name: string) {
  const [folder, icons, share] = [join(base, name), join(base, 'icons'), join(base, 'home share')] as const;
  for (const each of [folder, icons]) mkdirSync(each);
  for (const size of ['16x16', '256x256']) writeFileSync(join(icons, `${size}.png`), size);
  addDesktopFiles(folder, icons);
  const run = (...args: string[]) =>
    execFileSync(join(folder, 'add-to-menu'), args, {
      env: { ...process.env, XDG_DATA_HOME: share },
      encoding: 'utf8',
    });
  return { folder, share, run };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((each) => (each.isFile() ? [each.name] : []));

describe.runIf(process.platform === 'linux')('a package in the menu', () => {
  it('has an entry, a type of files and icons of both', () => {
    const { share, run } = prepared('netloom');
    run();
    const entry = readFileSync(join(share, 'applications', 'netloom.desktop'), 'utf8');
    expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Netloom\n/);
    expect(entry).toContain('\nMimeType=application/x-netloom;\n');
    expect(readFileSync(join(share, 'mime', 'packages', 'netloom.xml'), 'utf8')).toContain(
      '<glob pattern="*.netloom"/>',
    );
    const icons = join(share, 'icons', 'hicolor', '256x256');
    expect(readFileSync(join(icons, 'apps', 'netloom.png'), 'utf8')).toBe('256x256');
    expect(existsSync(join(icons, 'mimetypes', 'application-x-netloom.png'))).toBe(true);
  });

  it.each([
    ['netloom', '/netloom/netloom'],
    ['my apps 神经', '/my apps 神经/netloom'],
    ['50% "off" $HOME `x`', '/50%% \\\\"off\\\\" \\\\$HOME \\\\`x\\\\`/netloom'],
    ['back\\slash', '/back\\\\\\\\slash/netloom'],
  ])('starts the app in the folder %s', (name, quoted) => {
    const { share, run } = prepared(name);
    run();
    const [, command] = /^Exec=(.*)$/m.exec(readFileSync(join(share, 'applications', 'netloom.desktop'), 'utf8')) ?? [];
    expect(command).toBe(`"${base}${quoted}" %F`);
  });

  it('is taken away again, and nothing else is', () => {
    const { share, run } = prepared('netloom');
    mkdirSync(join(share, 'applications'), { recursive: true });
    writeFileSync(join(share, 'applications', 'other.desktop'), '');
    run();
    run();
    run('--remove');
    expect(filesIn(share).filter((name) => name.includes('netloom'))).toEqual([]);
    expect(existsSync(join(share, 'applications', 'other.desktop'))).toBe(true);
  });
});
