import { expect, it } from 'vitest';
import { emptyDocument } from '../graph/document.ts';
import type { Repair } from './finding.ts';
import { helpful } from './judge.ts';
import type { Patient } from './patient.ts';
import type { Outcome, Trials } from './repairTrials.ts';

const repair = (name: string): Repair => ({ title: { en: name, zh: name } });
const ended = (loss: number, recall: number | null = null): Outcome => ({ before: 2.3, loss, recall });

/** A run at the loss `present`, with trials by title; '' is the network as it is. */
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
  ['a repair that taught nothing is left out', { '': ended(2.3), a: ended(2.29), b: ended(1) }, ['b']],
  ['a repair worse than none is left out', { '': ended(1), a: ended(1.5), b: ended(0.5) }, ['b']],
  ['a repair that reaches much further comes first', { '': ended(2.3), a: ended(1.2), b: ended(0.3) }, ['b', 'a']],
  [
    'a repair that reaches about as far stays in its place',
    { '': ended(2.3), a: ended(0.6), b: ended(0.3) },
    ['a', 'b'],
  ],
  [
    'a repair that reaches hardly anywhere beside it is left out',
    { '': ended(2.3), a: ended(2.1), b: ended(0.3) },
    ['b'],
  ],
  ['any loss is better than none', { '': ended(Number.NaN), a: ended(2), b: ended(Number.NaN) }, ['a']],
  ['but not a higher one than at the start', { '': ended(Number.POSITIVE_INFINITY), a: ended(1e20), b: ended(3) }, []],
  ['without a trial there is no advice', { '': ended(2.3) }, []],
])('%s', (_, outcomes, expected) => {
  expect(titles(helpful(patient(outcomes), { others: [repair('a'), repair('b')] }))).toEqual(expected);
});

it('puts repairs of the cause before others, unless these reach far further', () => {
  const own = { own: [repair('a')], others: [repair('b')] };
  expect(titles(helpful(patient({ '': ended(2.3), a: ended(1), b: ended(0.2) }), own))).toEqual(['a', 'b']);
  expect(titles(helpful(patient({ '': ended(2.3), a: ended(1.6), b: ended(0.2) }), own))).toEqual(['b', 'a']);
});

it('changes nothing where the network as it is learns from the start', () => {
  const again: Repair = { ...repair('again'), again: true, asIs: true };
  const now = patient({ '': ended(1), a: ended(0.2) }, 2.3);
  expect(titles(helpful(now, { own: [again], others: [repair('a')] }))).toEqual(['again', 'a']);
  const same = patient({ '': ended(2.28), a: ended(0.2) }, 2.3);
  expect(titles(helpful(same, { own: [again], others: [repair('a')] }))).toEqual(['a']);
});

it('compares recall where a loss hides the rare classes', () => {
  const trials = { '': ended(0.1, 0.5), a: ended(0.4, 0.9), b: ended(0.05, 0.5) };
  const [first, ...rest] = helpful(patient(trials), { own: [repair('a'), repair('b')], yardstick: 'recall' });
  expect([first?.title.en, rest]).toEqual(['a', []]);
  expect(first?.shown?.en).toBe(
    'Tried from the start on 3,200 samples: 90% of each class found on average, instead of 50%',
  );
});

it('offers no repair that only lowers the loss to that of always giving the same answer', () => {
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

it('offers no repair that costs recall', () => {
  const now = patient({ '': ended(1, 0.8), a: ended(0.5, 0.7), b: ended(0.6, 0.8) });
  expect(titles(helpful(now, { others: [repair('a'), repair('b')] }))).toEqual(['b']);
});
