import { openCases } from '../engine/golden/cases.ts';
import { runCase } from '../engine/golden/run.ts';
import { addPlacement, type PlacementCounts, withPlacement } from '../engine/placement.ts';
import type { Command } from './command.ts';
import { deviceOf, deviceOptions } from './device.ts';

export const verify: Command = {
  name: 'verify',
  args: 'CASES.json',
  summary: { en: 'run golden cases and compare them with their expected values', zh: '运行参考用例并与期望数值比较' },
  examples: ['verify cases.json --json'],
  options: deviceOptions,
  arity: [1, 1],
  async run({ positionals: [path = ''], options, output }) {
    const device = await deviceOf(options);
    const set = await openCases(path);
    const placed: PlacementCounts = {};
    const counts = { pass: 0, fail: 0, unsupported: 0 };
    const { words } = output;
    const status = {
      pass: words({ en: 'pass       ', zh: '通过  ' }),
      fail: words({ en: 'FAIL       ', zh: '失败  ' }),
      unsupported: words({ en: 'unsupported', zh: '不支持' }),
    };
    for (const test of set.cases) {
      const { result: report, placement } =
        device.provider === 'cpu'
          ? { result: await runCase(test, set, device), placement: undefined }
          : await withPlacement(device, (profiled) => runCase(test, set, profiled));
      if (placement !== undefined) addPlacement(placed, placement);
      counts[report.status]++;
      // JSON has no infinity, so the largest number replaces it.
      const error = report.error === null ? null : Math.min(report.error, Number.MAX_VALUE);
      output.printJson({ ...report, error, ...(placement && { placement }) });
      const share = error === null ? '' : error.toFixed(4);
      output.print(
        `${status[report.status]}  ${report.id.padEnd(36)} ${share.padEnd(8)} ${report.note ?? ''}`.trimEnd(),
      );
      const onCpu = Object.entries(placement?.cpu ?? {}).map(([op, nodes]) => `${op} ${nodes}`);
      if (onCpu.length > 0) {
        const where = words({ en: `on the CPU: ${onCpu.join(', ')}`, zh: `在 CPU 上：${onCpu.join('、')}` });
        output.print(`             ${where}`);
      }
    }
    const total = set.cases.length;
    const { pass: passed, fail: failed, unsupported } = counts;
    output.printJson({
      passed,
      failed,
      unsupported,
      total,
      ...(device.provider === 'cpu' ? {} : { provider: device.provider, placement: placed }),
    });
    output.print(
      words({
        en: `${counts.pass} passed, ${counts.fail} failed, ${counts.unsupported} unsupported, ${total} in all`,
        zh: `通过 ${counts.pass}，失败 ${counts.fail}，不支持 ${counts.unsupported}，共 ${total}`,
      }),
    );
    return counts.pass === total ? 0 : 1;
  },
};
