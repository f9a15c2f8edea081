import { Builder } from '../ir/builder.ts';
import { floatTensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import type { ProviderReport } from '../protocol.ts';
import type { Text } from '../text.ts';
import { loadModel, loadRuntime, PROVIDERS, type Provider } from './session.ts';

/** Which platforms have a provider at all. */
const PLATFORMS: Readonly<Partial<Record<Provider, { readonly platforms: readonly string[]; readonly name: Text }>>> = {
  cuda: { platforms: ['linux', 'win32'], name: { en: 'Linux and Windows', zh: 'Linux 和 Windows' } },
  dml: { platforms: ['win32'], name: { en: 'Windows', zh: 'Windows' } },
  coreml: { platforms: ['darwin'], name: { en: 'macOS', zh: 'macOS' } },
};

/** Tries every provider with a real session: being named by the runtime does not mean being usable. */
export async function probeProviders(): Promise<ProviderReport[]> {
  const reports: ProviderReport[] = [];
  for (const provider of PROVIDERS) {
    const reason = await whyNot(provider);
    reports.push({ provider, usable: reason === null, reason, device: reason === null ? deviceOf(provider) : null });
  }
  return reports;
}

const deviceOf = (provider: Provider): string => (provider === 'cpu' ? process.arch : 'GPU');

async function whyNot(provider: Provider): Promise<Text | null> {
  const only = PLATFORMS[provider];
  if (only !== undefined && !only.platforms.includes(process.platform)) {
    return { en: `exists on ${only.name.en} only`, zh: `仅适用于 ${only.name.zh}` };
  }
  const { listSupportedBackends } = await loadRuntime();
  if (!listSupportedBackends().some(({ name }) => name === provider)) {
    return { en: 'not in this build of ONNX Runtime', zh: '此版本的 ONNX Runtime 不含它' };
  }
  try {
    return await trial(provider);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = message.split('\n')[0]?.replace(/^.*?(?=Failed|failed|not found|no available)/, '') ?? message;
    return { en: `a trial session failed: ${line}`, zh: `试运行会话失败：${line}` };
  }
}

/** Runs a small convolution and compares its result. */
async function trial(provider: Provider): Promise<Text | null> {
  const g = new Builder('trial');
  const x = g.input('x', 'float32', [1, 1, 2, 2], { kind: 'data' });
  const kernel = g.constant(floatTensor([1, 1, 2, 2], [1, 2, 3, 4]), 'kernel');
  const window = { kernel: [2, 2], strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1] };
  const y = g.relu(g.conv(x, kernel, null, window));
  const program = g.finish([{ name: 'y', value: y, role: { kind: 'prediction' } }]);
  const session = await loadModel(writeModel(program), { provider });
  const result = await session.run(new Map([['x', floatTensor([1, 1, 2, 2], [1, 1, 1, 1])]]));
  await session.release();
  const got = Number(result.get('y')?.data[0]);
  return Math.abs(got - 10) < 1e-3 ? null : { en: `computes wrongly: ${got}, not 10`, zh: `计算错误：${got}，应为 10` };
}
