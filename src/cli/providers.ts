import { tryOps } from '../engine/opTrials.ts';
import { probeProviders } from '../engine/providers.ts';
import type { Device } from '../engine/session.ts';
import type { Command, ExitCode } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';
import { type Output, table } from './output.ts';

export const providers: Command = {
  name: 'providers',
  args: '',
  summary: {
    en: 'list execution providers and whether each one works on this computer',
    zh: '列出执行提供程序，以及它们在本机是否可用',
  },
  examples: ['providers', 'providers --ops --provider webgpu'],
  options: {
    ops: {
      type: 'boolean',
      help: {
        en: 'run every operation on one provider (--provider)',
        zh: '在指定的执行提供程序（--provider）上逐个运行所有运算',
      },
    },
    ...deviceOptions,
  },
  arity: [0, 0],
  async run({ options, output }) {
    const { words } = output;
    if (options.ops === true) return opsOn(await deviceOf(options), output);
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

/** Runs every op on the provider and prints one line per op. */
async function opsOn(device: Device, { words, print, printJson }: Output): Promise<ExitCode> {
  const status = {
    right: words({ en: 'correct', zh: '正确' }),
    wrong: words({ en: 'WRONG', zh: '错误' }),
    fails: words({ en: 'FAILS', zh: '失败' }),
  };
  for await (const report of tryOps(device)) {
    printJson({ ...report, error: report.error === null ? null : Math.min(report.error, Number.MAX_VALUE) });
    const where = Object.entries(report.placement).flatMap(([provider, ops]) =>
      Object.keys(ops).map((op) => `${op}@${provider}`),
    );
    const title = `${report.op} ${report.about}`.padEnd(48);
    print(`${status[report.status]}  ${title} ${where.join(' ')} ${report.note ?? ''}`.trimEnd());
  }
  return 0;
}
