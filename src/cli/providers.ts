import { probeProviders } from '../engine/providers.ts';
import type { Command } from './command.ts';
import { table } from './output.ts';

export const providers: Command = {
  name: 'providers',
  args: '',
  summary: {
    en: 'which execution providers work here, and why the others do not',
    zh: '哪些执行提供程序可用，其余为何不可用',
  },
  options: {},
  arity: [0, 0],
  async run({ output }) {
    const { words } = output;
    const reports = (await probeProviders()).map((report) => ({
      provider: report.provider,
      usable: report.usable,
      reason: report.reason === null ? null : words(report.reason),
      device: report.device,
    }));
    output.printJson(reports);
    const lines = reports.map(({ provider, usable, reason, device }) => [
      provider,
      usable ? words({ en: 'works', zh: '可用' }) : words({ en: 'does not work', zh: '不可用' }),
      reason ?? device ?? '',
    ]);
    for (const line of table(lines)) output.print(line);
    return 0;
  },
};
