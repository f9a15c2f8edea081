import { describe, expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { add, connect } from '../graph/drawn.ts';
import { applyEdits } from '../graph/edits.ts';
import { bestPort, candidatesFor, judgeConnection } from './connection.ts';

/** digits → conv → relu → sum ← side; fc and big stand alone. */
const doc: NetworkDocument = applyEdits(emptyDocument, [
  add('digits', 'input', { shape: [1, 28, 28] }),
  add('conv', 'conv2d', { outChannels: 6 }),
  add('relu', 'relu'),
  add('side', 'conv2d', { outChannels: 5 }),
  add('sum', 'add'),
  add('big', 'conv2d', { kernelSize: [40, 40] }),
  add('free', 'relu'),
  add('alien', 'warp'),
  connect('digits', 'conv'),
  connect('conv', 'relu'),
  connect('relu', 'sum', 'x0'),
  connect('digits', 'side'),
]);
const checked = check(doc);
const judge = (from: string, to: string, port = 'x') =>
  judgeConnection(doc, checked, { node: from, port: 'y' }, { node: to, port });

describe('a connection', () => {
  const rows: [name: string, ends: [string, string, string?], en: string | null, allowed: boolean, fits: boolean][] = [
    ['fits a free input', ['conv', 'free'], null, true, true],
    ['to its own node', ['relu', 'relu'], 'A layer cannot connect to itself: “relu”.', false, false],
    ['drawn twice', ['conv', 'relu'], '“conv” is already connected to “relu”.', false, false],
    [
      'that would form a loop, with its path',
      ['sum', 'conv'],
      'This connection would form a loop: sum → conv → relu → sum.',
      false,
      false,
    ],
    ['to an input that is already connected', ['conv', 'side'], 'Replaces the connection from “digits”.', true, true],
    ['of an unknown shape', ['free', 'big'], null, true, true],
  ];
  test.each(rows)('%s', (_, [from, to, port], en, allowed, fits) => {
    expect(judge(from, to, port)).toMatchObject({ allowed, fits, reason: en === null ? null : { en } });
  });

  test('that does not fit is allowed, and gives the reason', () => {
    const verdict = judge('digits', 'big');
    expect(verdict).toMatchObject({ allowed: true, fits: false });
    expect(verdict.reason?.en).toContain('“big”');
    expect(verdict.reason?.en).toContain('28');
    const other = judge('side', 'sum', 'x1');
    expect(other).toMatchObject({ allowed: true, fits: false });
    expect(other.reason?.en).toContain('cannot combine 5×26×26 from “side” with 6×26×26 from “relu”');
  });

  test('that does not fit and replaces another gives both reasons, in both languages', () => {
    const { reason } = judge('side', 'sum', 'x0');
    expect(reason).toEqual({ en: 'Replaces the connection from “relu”.', zh: '将取代来自“relu”的连线。' });
    const both = judgeConnection(
      applyEdits(doc, [connect('free', 'big')]),
      checked,
      { node: 'digits', port: 'y' },
      { node: 'big', port: 'x' },
    );
    expect(both.reason?.en).toMatch(/40.*Replaces the connection from “free”\.$/);
    expect(both.reason?.zh).toMatch(/。将取代来自“free”的连线。$/);
  });
});

test('candidates from an output equal the single verdicts, in both directions', () => {
  for (const [node, side] of [
    ['conv', 'output'],
    ['sum', 'output'],
    ['conv', 'input'],
    ['free', 'input'],
  ] as const) {
    const fixed = { node, port: side === 'output' ? 'y' : 'x' };
    const candidates = candidatesFor(doc, checked, fixed, side);
    expect(candidates.length).toBeGreaterThan(5);
    for (const { end, grows, ...verdict } of candidates) {
      if (grows !== undefined) continue;
      const [from, to] = side === 'output' ? [fixed, end] : [end, fixed];
      expect([end, verdict]).toEqual([end, judgeConnection(doc, checked, from, to)]);
    }
  }
});

test('a card takes a connection at its best port', () => {
  const candidates = candidatesFor(doc, checked, { node: 'conv', port: 'y' }, 'output');
  expect(bestPort(candidates, 'sum')).toMatchObject({ end: { port: 'x1' }, fits: true });
  const side = candidatesFor(doc, checked, { node: 'side', port: 'y' }, 'output');
  // A free input is preferred to a replacement, even if the shape does not fit.
  expect(bestPort(side, 'sum')).toMatchObject({ end: { port: 'x1' }, fits: false, replaces: null });
  expect(bestPort(candidates, 'digits')).toBeNull();
  expect(bestPort(candidates, 'conv')).toMatchObject({ allowed: false });
});

test('a merge layer without a free input gets one more', () => {
  const full = applyEdits(doc, [
    { kind: 'connect', from: { node: 'conv', port: 'y' }, to: { node: 'sum', port: 'x1' } },
  ]);
  const drawn = check(full);
  const from = { node: 'pool', port: 'y' };
  const best = (of: NetworkDocument) =>
    bestPort(candidatesFor(of, check(of), { node: 'digits', port: 'y' }, 'output'), 'sum');
  expect(best(full)).toMatchObject({ end: { node: 'sum', port: 'x2' }, grows: 3, replaces: null, allowed: true });
  expect(candidatesFor(doc, checked, from, 'output').filter(({ grows }) => grows !== undefined)).toEqual([]);
  const most = applyEdits(full, [{ kind: 'setConfig', node: 'sum', key: 'count', value: 32 }]);
  expect(best(most)?.grows).toBeUndefined();
  expect(drawn.nodes.get('sum')?.inputs).toHaveProperty('x1');
});
