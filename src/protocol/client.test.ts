import { describe, expect, it } from 'vitest';
import { UserError } from '../text.ts';
import { connectEngine } from './client.ts';
import type { RunEvent } from './runEvents.ts';

/** A client whose engine is the test: it reads what was sent, and answers by `receive`. */
function connection({ fails = false } = {}) {
  const sent: unknown[] = [];
  const events: RunEvent[] = [];
  const unreadable: string[] = [];
  let receive: (message: unknown) => void = () => {};
  const client = connectEngine(
    {
      post(message) {
        if (fails) throw new Error('cannot be cloned');
        sent.push(message);
      },
      onMessage(listener) {
        receive = listener;
      },
    },
    { onRun: (event) => events.push(event), onUnreadable: (reason) => unreadable.push(reason) },
  );
  return { ...client, sent, events, unreadable, receive: (message: unknown) => receive(message) };
}

const bytes = (value: number) => Uint8Array.of(value);
const refusal = { en: 'No weights.', zh: '没有权重。' };
const tick = () => new Promise(setImmediate);

/** Follows a promise: `open` until it is settled, then its value or its error. */
function outcomeOf(promise: Promise<unknown>) {
  const outcome: { state: 'open' | 'answered' | 'rejected'; value?: unknown } = { state: 'open' };
  promise.then(
    (value) => Object.assign(outcome, { state: 'answered', value }),
    (value) => Object.assign(outcome, { state: 'rejected', value }),
  );
  return outcome;
}

const library = (run: string): RunEvent => ({ kind: 'library', run, record: null });
const [first, second] = ['0b7f5f0e-6f2e-4f0b-9a54-7a5d4f9f6a01', '0b7f5f0e-6f2e-4f0b-9a54-7a5d4f9f6a02'];

describe('a call of getWeights waits, and the engine sends', () => {
  /** Messages in their order, the state of the call afterwards, and how many messages could not be read. */
  const rows: [name: string, messages: unknown[], state: string, unreadable: number][] = [
    ['the answer', [{ id: 1, answer: { weights: bytes(7) } }], 'answered', 0],
    ['the answer with a field of a newer engine', [{ id: 1, answer: { weights: bytes(7), more: 1 } }], 'answered', 0],
    ['a refusal', [{ id: 1, refusal }], 'rejected', 0],
    ['an answer of another call', [{ id: 1, answer: { tensors: 3 } }], 'rejected', 1],
    ['an answer without content', [{ id: 1 }], 'rejected', 1],
    ['a refusal in one language', [{ id: 1, refusal: { en: 'No weights.' } }], 'rejected', 1],
    ['an answer to no call', [{ id: 9, answer: { weights: bytes(7) } }], 'open', 1],
    ['an answer with a negative id', [{ id: -1, answer: { weights: bytes(7) } }], 'open', 1],
    ['an answer whose id is text', [{ id: '1', answer: { weights: bytes(7) } }], 'open', 1],
    ['nothing', [null], 'open', 1],
    ['text', ['ready'], 'open', 1],
    ['an unknown event', [{ kind: 'weather', run: first }], 'open', 1],
    ['an event that lacks a field', [{ kind: 'library', run: first }], 'open', 1],
    ['an event', [library(first)], 'open', 0],
    ['an event, then the answer', [library(first), { id: 1, answer: { weights: bytes(7) } }], 'answered', 0],
    ['something unreadable, then the answer', [null, { id: 1, answer: { weights: bytes(7) } }], 'answered', 1],
    [
      'the answer twice',
      [
        { id: 1, answer: { weights: bytes(7) } },
        { id: 1, answer: { weights: bytes(8) } },
      ],
      'answered',
      1,
    ],
  ];

  it.each(rows)('%s', async (_name, messages, state, unreadable) => {
    const engine = connection();
    const outcome = outcomeOf(engine.call('getWeights', {}));
    expect(engine.sent).toEqual([{ call: 'getWeights', id: 1, args: {} }]);
    for (const message of messages) engine.receive(message);
    await tick();
    expect(outcome.state).toBe(state);
    expect(engine.unreadable).toHaveLength(unreadable);
    if (state === 'answered') expect(outcome.value).toEqual({ weights: bytes(7) });
  });
});

it('a refusal is an error for the user, in both languages', async () => {
  const { call, receive } = connection();
  const answer = call('getWeights', {});
  receive({ id: 1, refusal });
  await expect(answer).rejects.toThrow(UserError);
  await expect(answer).rejects.toMatchObject({ text: refusal });
});

it('an unreadable answer names the call and the field', async () => {
  const { call, receive, unreadable } = connection();
  const answer = call('setWeights', { weights: bytes(1) });
  receive({ id: 1, answer: { tensors: 'three' } });
  await expect(answer).rejects.toThrow(/'setWeights'.*tensors/s);
  await expect(answer).rejects.not.toBeInstanceOf(UserError);
  expect(unreadable.join()).toContain('tensors');
});

it('two calls at once get each their own answer, in any order', async () => {
  const { call, receive, sent } = connection();
  const answers = [call('getWeights', {}), call('setWeights', { weights: bytes(2) }), call('getWeights', {})];
  expect(sent.map((message) => (message as { id: number }).id)).toEqual([1, 2, 3]);
  receive({ id: 3, answer: { weights: bytes(33) } });
  receive({ id: 1, answer: { weights: bytes(11) } });
  receive({ id: 2, answer: { tensors: 2 } });
  expect(await Promise.all(answers)).toEqual([{ weights: bytes(11) }, { tensors: 2 }, { weights: bytes(33) }]);
});

it('events come in their order, also between answers', async () => {
  const { call, receive, events } = connection();
  const answer = call('getWeights', {});
  receive(library(first));
  receive({ id: 1, answer: { weights: bytes(1) } });
  receive(library(second));
  receive(library(first));
  await answer;
  expect(events).toEqual([library(first), library(second), library(first)]);
});

it('a call that cannot be sent is rejected, and does not wait', async () => {
  const { call, receive, unreadable } = connection({ fails: true });
  await expect(call('getWeights', {})).rejects.toThrow('cannot be cloned');
  receive({ id: 1, answer: { weights: bytes(1) } });
  expect(unreadable).toHaveLength(1);
});

describe('the engine dies', () => {
  const death = new Error('The engine stopped.');

  it('with calls waiting: all are rejected, and so are later ones, which are not sent', async () => {
    const { call, stop, sent } = connection();
    const waiting = [call('getWeights', {}), call('getLastRun', {})];
    stop(death);
    for (const answer of waiting) await expect(answer).rejects.toBe(death);
    await expect(call('getWeights', {})).rejects.toBe(death);
    expect(sent).toHaveLength(2);
  });

  it('after an answer: that one stays', async () => {
    const { call, stop, receive } = connection();
    const answer = call('getWeights', {});
    receive({ id: 1, answer: { weights: bytes(1) } });
    stop(death);
    expect(await answer).toEqual({ weights: bytes(1) });
  });

  it.each([
    ['an answer', { id: 1, answer: { weights: bytes(1) } }],
    ['half an answer', { id: 1, answer: {} }],
  ])('before %s that was on its way: it is ignored without a complaint', async (_name, late) => {
    const { call, stop, receive, unreadable } = connection();
    const answer = call('getWeights', {});
    stop(death);
    receive(late);
    await expect(answer).rejects.toBe(death);
    expect(unreadable).toEqual([]);
  });

  it('twice: the first reason counts', async () => {
    const { call, stop } = connection();
    stop(death);
    stop(new Error('again'));
    await expect(call('getWeights', {})).rejects.toBe(death);
  });
});
