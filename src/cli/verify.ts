import { openCases } from '../engine/golden/cases.ts';
import { runCase } from '../engine/golden/run.ts';
import type { Command } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';

export const verify: Command = {
  name: 'verify',
  args: 'CASES.json',
  summary: { en: 'runs golden cases and compares with their expected numbers', zh: '运行参考用例并与期望数值比较' },
  options: deviceOptions,
  arity: [1, 1],
  async run({ positionals: [path = ''], options, output }) {
    const device = deviceOf(options);
    const set = await openCases(path);
    const counts = { pass: 0, fail: 0, unsupported: 0 };
    const { words } = output;
    const status = {
      pass: words({ en: 'pass       ', zh: '通过  ' }),
      fail: words({ en: 'FAIL       ', zh: '失败  ' }),
      unsupported: words({ en: 'unsupported', zh: '不支持' }),
    };
    for (const test of set.cases) {
      const report = await runCase(test, set, device);
      counts[report.status]++;
      // JSON has no infinity: the largest number stands for it.
      const error = report.error === null ? null : Math.min(report.error, Number.MAX_VALUE);
      output.printJson({ ...report, error });
      const share = error === null ? '' : error.toFixed(4);
      output.print(
        `${status[report.status]}  ${report.id.padEnd(36)} ${share.padEnd(8)} ${report.note ?? ''}`.trimEnd(),
      );
    }
    const total = set.cases.length;
    output.printJson({ passed: counts.pass, failed: counts.fail, unsupported: counts.unsupported, total });
    output.print(
      words({
        en: `${counts.pass} passed, ${counts.fail} failed, ${counts.unsupported} unsupported, ${total} in all`,
        zh: `通过 ${counts.pass}，失败 ${counts.fail}，不支持 ${counts.unsupported}，共 ${total}`,
      }),
    );
    return counts.pass === total ? 0 : 1;
  },
};
