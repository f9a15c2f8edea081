import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const linesOf = (kind: RegExp): { file: string; line: string }[] =>
  readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((file) => kind.test(file))
    .flatMap((file) =>
      readFileSync(`renderer/${file}`, 'utf8')
        .split('\n')
        .map((line) => ({ file, line: line.trim() })),
    );

test('one rule takes every CSS motion away where the system asks for it, and nothing outweighs it', () => {
  const base = readFileSync('renderer/ui/theme/base.css', 'utf8');
  const rule = base.slice(base.indexOf('@media (prefers-reduced-motion: reduce)'));
  for (const part of ['*,', '*::before,', '*::after {', 'animation: none !important', 'transition: none !important']) {
    expect(rule).toContain(part);
  }
  const heavier = linesOf(/\.css$/).filter(
    ({ file, line }) => file !== 'ui/theme/base.css' && /^(animation|transition)[\w-]*:.*!important/.test(line),
  );
  expect(heavier).toEqual([]);
});

test('motion by JavaScript asks the system first', () => {
  const moving = linesOf(/\.tsx?$/).filter(({ line }) =>
    /behavior:|\bduration: |\.animate\(|startViewTransition|<animate/.test(line),
  );
  expect(moving.length).toBeGreaterThan(0);
  expect(moving.filter(({ line }) => !line.includes('lessMotion()'))).toEqual([]);
});
