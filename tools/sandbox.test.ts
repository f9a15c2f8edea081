import { describe, expect, it } from 'vitest';
import { whyNoSandbox } from './sandbox.mjs';

describe.runIf(process.platform === 'linux')('the sandbox', () => {
  const missing = Object.assign(new Error('spawn unshare ENOENT'), { code: 'ENOENT' });
  it.each([
    ['as root', 0, { status: 0 }, 'running as root'],
    ['as a user who may make namespaces', 1000, { status: 0 }, undefined],
    ['as a user who may not', 1000, { status: 1 }, 'programs may not make user namespaces here'],
    ['where that cannot be tried', 1000, { status: null, error: missing }, undefined],
  ])('%s', (_, uid, outcome, reason) => {
    const found = whyNoSandbox({ uid, makeNamespace: () => outcome });
    expect(found?.reason).toBe(reason);
    if (reason !== undefined) expect(found?.remedy).not.toBe('');
  });
});
