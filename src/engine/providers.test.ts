import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../provider.ts';
import { needProvider, probeProviders } from './providers.ts';

describe('providers', () => {
  it('are all reported, each unusable one with a reason in both languages', async () => {
    const reports = await probeProviders();
    expect(reports.map(({ provider }) => provider)).toEqual([...PROVIDERS]);
    expect(reports[0]).toMatchObject({ provider: 'cpu', usable: true, reason: null });
    for (const { provider, usable, reason } of reports) {
      if (usable) expect(reason, provider).toBeNull();
      else
        expect([reason?.en, reason?.zh], provider).toEqual([
          expect.stringMatching(/./),
          expect.stringMatching(/\p{Script=Han}/u),
        ]);
    }
  });

  it('that do not work are refused, with the CPU as the alternative', async () => {
    const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
    await expect(needProvider(absent)).rejects.toMatchObject({
      name: 'UserError',
      text: {
        en: expect.stringMatching(
          new RegExp(`“${absent}” does not work on this computer: available only on .*\\. Use the CPU`),
        ),
        zh: expect.stringMatching(new RegExp(`“${absent}”在本机不可用：仅适用于.*请使用 CPU`)),
      },
    });
    await expect(needProvider('cpu')).resolves.toBeUndefined();
  });
});
