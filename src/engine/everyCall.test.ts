import { expect, it, vi } from 'vitest';
import { engineCalls } from '../protocol/calls.ts';
import { Engine } from './engine.ts';
import { filesBeside } from './files.ts';
import { type Handlers, serve } from './server.ts';
import { CPU_DEVICE } from './session.ts';

vi.mock('./server.ts', () => ({ serve: vi.fn() }));

it('the engine has a handler for every call of the table, and no other', () => {
  new Engine({ files: filesBeside(import.meta.url), device: CPU_DEVICE }).connect({ post() {}, onMessage() {} });
  const handlers = vi.mocked(serve).mock.lastCall?.[1] as Handlers;
  expect(Object.keys(handlers).sort()).toEqual(Object.keys(engineCalls).sort());
  for (const handler of Object.values(handlers)) expect(handler).toBeTypeOf('function');
});
