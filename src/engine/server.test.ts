import { describe, expect, it } from 'vitest';
import { engineCalls } from '../protocol/calls.ts';
import { connectEngine } from '../protocol/client.ts';
import { UserError } from '../text.ts';
import { type Handlers, serve } from './server.ts';

const bytes = (value: number) => Uint8Array.of(value);
const tick = () => new Promise(setImmediate);

/** Both ends of a connection. Messages are copied as between processes. */
function connection(handlers: Partial<Handlers>) {
  const posted: unknown[] = [];
  let toServer: (message: unknown) => void = () => {};
  let toClient: (message: unknown) => void = () => {};
  const port = {
    post(message: unknown) {
      posted.push(structuredClone(message));
      toClient(structuredClone(message));
    },
    onMessage(listener: (message: unknown) => void) {
      toServer = listener;
    },
  };
  serve(port, handlers as Handlers);
  const connect = () =>
    connectEngine(
      {
        post: (message) => toServer(structuredClone(message)),
        onMessage(listener) {
          toClient = listener;
        },
      },
      {
        onRun() {},
        onUnreadable(reason) {
          throw new Error(reason);
        },
      },
    );
  return { posted, port, connect, receive: (message: unknown) => toServer(message) };
}

const text = { en: expect.stringMatching(/./), zh: expect.stringMatching(/[一-鿿]/) };
const refused = (id: number, en: RegExp) => ({ id, refusal: { ...text, en: expect.stringMatching(en) } });

describe('a message to the engine', () => {
  const handlers: Partial<Handlers> = {
    getWeights: () => ({ weights: bytes(5) }),
    async setWeights({ weights }) {
      if (weights.length === 0) throw new UserError({ en: 'The weights are damaged.', zh: '权重已损坏。' });
      return { tensors: weights.length };
    },
    getLastRun() {
      throw new TypeError('entries is undefined');
    },
  };
  const rows: [name: string, message: unknown, posted: unknown][] = [
    ['a call', { call: 'getWeights', id: 3, args: {} }, { id: 3, answer: { weights: bytes(5) } }],
    [
      'a call with a promised answer',
      { call: 'setWeights', id: 4, args: { weights: bytes(1) } },
      { id: 4, answer: { tensors: 1 } },
    ],
    [
      'a call that is refused',
      { call: 'setWeights', id: 5, args: { weights: new Uint8Array() } },
      { id: 5, refusal: { en: 'The weights are damaged.', zh: '权重已损坏。' } },
    ],
    ['a call in which the engine fails', { call: 'getLastRun', id: 6, args: {} }, refused(6, /entries is undefined/)],
    ['an unknown call', { call: 'makeCoffee', id: 7, args: {} }, refused(7, /not understand|call/)],
    ['a call with wrong arguments', { call: 'setWeights', id: 8, args: { weights: 'none' } }, refused(8, /weights/)],
    ['a call without arguments', { call: 'setWeights', id: 9 }, refused(9, /args/)],
    ['a call without an id', { call: 'getWeights', args: {} }, refused(0, /id/)],
    ['nothing', null, refused(0, /./)],
    ['text', 'getWeights', refused(0, /./)],
  ];

  it.each(rows)('%s', async (_name, message, posted) => {
    const engine = connection(handlers);
    engine.receive(message);
    await tick();
    expect(engine.posted).toEqual([posted]);
  });
});

it.each(Object.keys(engineCalls))('%s is refused without arguments, not executed', async (call) => {
  const engine = connection({});
  engine.receive({ call, id: 1, args: null });
  await tick();
  expect(engine.posted).toEqual([refused(1, /args/)]);
});

describe('a client', () => {
  it('receives answers and refusals of the engine', async () => {
    const { call } = connection({
      getWeights: () => ({ weights: bytes(5) }),
      setWeights() {
        throw new UserError({ en: 'The weights are damaged.', zh: '权重已损坏。' });
      },
    }).connect();
    expect(await call('getWeights', {})).toEqual({ weights: bytes(5) });
    await expect(call('setWeights', { weights: bytes(1) })).rejects.toThrow('The weights are damaged.');
    await expect(call('setWeights', { weights: 3 as never })).rejects.toThrow(/weights/);
  });

  it('receives a quick answer before an earlier slow one', async () => {
    let finish = (): void => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { call } = connection({
      getWeights: async () => {
        await slow;
        return { weights: bytes(1) };
      },
      setWeights: () => ({ tensors: 2 }),
    }).connect();
    const done: string[] = [];
    const calls = [
      call('getWeights', {}).then(() => done.push('slow')),
      call('setWeights', { weights: bytes(1) }).then(() => done.push('quick')),
    ];
    await calls[1];
    finish();
    await Promise.all(calls);
    expect(done).toEqual(['quick', 'slow']);
  });
});
