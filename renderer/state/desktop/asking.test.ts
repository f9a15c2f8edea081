import { expect, test, vi } from 'vitest';
import { newestWins } from './newestWins.ts';
import { oneAtATime } from './oneAtATime.ts';

/** An engine whose answers the test sends. */
function slowEngine() {
  const waiting = new Map<string, { give(answer: string): void; fail(): void }>();
  return {
    ask: (question: string) =>
      new Promise<string>((give, refuse) => waiting.set(question, { give, fail: () => refuse(new Error(question)) })),
    async answer(question: string) {
      waiting.get(question)?.give(question);
      await Promise.resolve();
      await new Promise((done) => setTimeout(done));
    },
    async fail(question: string) {
      waiting.get(question)?.fail();
      await new Promise((done) => setTimeout(done));
    },
    asked: () => [...waiting.keys()],
  };
}

test.each([
  ['in order', ['a', 'b', 'c'], ['c']],
  ['in reverse order', ['c', 'b', 'a'], ['c']],
  ['to the oldest one last', ['b', 'c', 'a'], ['c']],
])('with answers %s, the one to the newest request is used', async (_, order, taken) => {
  const engine = slowEngine();
  const begin = newestWins();
  const shown: string[] = [];
  for (const question of ['a', 'b', 'c']) {
    const isNewest = begin();
    engine.ask(question).then((answer) => isNewest() && shown.push(answer));
  }
  for (const question of order) await engine.answer(question);
  expect(shown).toEqual(taken);
});

test('a request without an answer supersedes a pending one', async () => {
  const engine = slowEngine();
  const begin = newestWins();
  const shown: string[] = [];
  const isNewest = begin();
  engine.ask('a').then((answer) => isNewest() && shown.push(answer));
  begin();
  await engine.answer('a');
  expect(shown).toEqual([]);
});

test('one request runs, the newest waits, and those between are dropped', async () => {
  const engine = slowEngine();
  const shown: [string, string][] = [];
  const ask = oneAtATime<string>(async (question, newest) => {
    shown.push([await engine.ask(question), newest()]);
  });
  const all = Promise.all(['a', 'b', 'c'].map(ask));
  expect(engine.asked()).toEqual(['a']);
  await engine.answer('a');
  expect(engine.asked()).toEqual(['a', 'c']);
  await engine.answer('c');
  await all;
  expect(shown).toEqual([
    ['a', 'c'],
    ['c', 'c'],
  ]);
});

test('a failed request does not block the next one', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const engine = slowEngine();
  const shown: string[] = [];
  const ask = oneAtATime<string>(async (question) => {
    shown.push(await engine.ask(question));
  });
  void ask('a');
  void ask('b');
  await engine.fail('a');
  await engine.answer('b');
  void ask('c');
  await engine.answer('c');
  expect(shown).toEqual(['b', 'c']);
  expect(error).toHaveBeenCalledOnce();
  error.mockRestore();
});
