import { expect, it } from 'vitest';
import { emptyDocument } from '../graph/document.ts';
import type { Repair } from './finding.ts';
import { helpful } from './judge.ts';
import type { Patient } from './patient.ts';
import type { Outcome, Trials } from './repairTrials.ts';

const repair = (name: string): Repair => ({ title: { en: name, zh: name } });
const ended = (loss: number, recall: number | null = null): Outcome => ({ before: 2.3, loss, recall });

/** A run at the loss `present`, with trials by title; '' is the unchanged network. */
function patient(outcomes: Record<string, Outcome>, present: number | null = null): Patient {
  const tried: Trials['tried'] = Object.entries(outcomes).map(([name, outcome]) => ({
    repair: name === '' ? null : repair(name),
    from: 'start',
    document: emptyDocument,
    outcome,
  }));
  const course = present === null ? null : { end: present };
  const trials: Trials = { samples: 3200, without: null, tried, untried: [] };
  return { trials, course, stuck: present !== null } as Patient;
}

const titles = (repairs: readonly Repair[]) => repairs.map(({ title }) => title.en);

it.each<readonly [string, Record<string, Outcome>, readonly string[]]>([
  ['a fix that does not lower the loss is left out', { '': ended(2.3), a: ended(2.29), b: ended(1) }, ['b']],
  ['a fix with a higher loss than without is left out', { '': ended(1), a: ended(1.5), b: ended(0.5) }, ['b']],
  ['a fix with a much lower loss comes first', { '': ended(2.3), a: ended(1.2), b: ended(0.3) }, ['b', 'a']],
  ['fixes with similar losses keep their order', { '': ended(2.3), a: ended(0.6), b: ended(0.3) }, ['a', 'b']],
  [
    'a fix with little effect compared to the best is left out',
    { '': ended(2.3), a: ended(2.1), b: ended(0.3) },
    ['b'],
  ],
  ['a finite loss is better than NaN', { '': ended(Number.NaN), a: ended(2), b: ended(Number.NaN) }, ['a']],
  [
    'a loss far above the initial one is left out',
    { '': ended(Number.POSITIVE_INFINITY), a: ended(1e20), b: ended(3) },
    [],
  ],
  ['fixes without a trial are left out', { '': ended(2.3) }, []],
])('%s', (_, outcomes, expected) => {
  expect(titles(helpful(patient(outcomes), { others: [repair('a'), repair('b')] }))).toEqual(expected);
});

it('lists fixes of the cause before others, unless these reach a far lower loss', () => {
  const own = { own: [repair('a')], others: [repair('b')] };
  expect(titles(helpful(patient({ '': ended(2.3), a: ended(1), b: ended(0.2) }), own))).toEqual(['a', 'b']);
  expect(titles(helpful(patient({ '': ended(2.3), a: ended(1.6), b: ended(0.2) }), own))).toEqual(['b', 'a']);
});

it('changes nothing if the unchanged network learns from scratch', () => {
  const again: Repair = { ...repair('again'), again: true, asIs: true };
  const now = patient({ '': ended(1), a: ended(0.2) }, 2.3);
  expect(titles(helpful(now, { own: [again], others: [repair('a')] }))).toEqual(['again', 'a']);
  const same = patient({ '': ended(2.28), a: ended(0.2) }, 2.3);
  expect(titles(helpful(same, { own: [again], others: [repair('a')] }))).toEqual(['a']);
});

it('compares recall if the loss hides rare classes', () => {
  const trials = { '': ended(0.1, 0.5), a: ended(0.4, 0.9), b: ended(0.05, 0.5) };
  const [first, ...rest] = helpful(patient(trials), { own: [repair('a'), repair('b')], yardstick: 'recall' });
  expect([first?.title.en, rest]).toEqual(['a', []]);
  expect(first?.shown?.en).toBe('Tried from scratch on 3,200 samples: mean recall 90% instead of 50%');
});

it('offers no fix that only reaches the loss of a constant prediction', () => {
  const classes = { train: new Array<number>(10).fill(100), validation: [] };
  const saturated = (recall: number, loss = 2.3): Patient => {
    const now = patient({ '': { before: 2.58, loss: 2.31, recall: 0.09 }, a: { before: 2.58, loss, recall } }, 24);
    return { ...now, course: { ...now.course, plainIdle: Math.log(10) }, data: { classes } } as unknown as Patient;
  };
  const offered = (now: Patient) => titles(helpful(now, { others: [repair('a')] }));
  expect(offered(saturated(0.1))).toEqual([]);
  expect(offered(saturated(0.4))).toEqual(['a']);
  expect(offered(saturated(0.1, 1.5))).toEqual(['a']);
});

it('offers no fix that lowers recall', () => {
  const now = patient({ '': ended(1, 0.8), a: ended(0.5, 0.7), b: ended(0.6, 0.8) });
  expect(titles(helpful(now, { others: [repair('a'), repair('b')] }))).toEqual(['b']);
});
