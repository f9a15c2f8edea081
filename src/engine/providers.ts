import { Builder } from '../ir/builder.ts';
import { floatTensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import type { ProviderReport } from '../protocol/device.ts';
import { PROVIDERS, type Provider } from '../provider.ts';
import { type Text, UserError } from '../text.ts';
import { loadModel, loadRuntime } from './session.ts';

/** Platforms of each provider in the builds of onnxruntime-node. */
const PLATFORMS: Readonly<Partial<Record<Provider, { readonly platforms: readonly string[]; readonly name: Text }>>> = {
  cuda: { platforms: ['linux'], name: { en: 'Linux', zh: 'Linux' } },
  dml: { platforms: ['win32'], name: { en: 'Windows', zh: 'Windows' } },
  coreml: { platforms: ['darwin'], name: { en: 'macOS', zh: 'macOS' } },
};

/** Tries every provider with a real session, because a provider listed by the runtime may not be usable. */
export async function probeProviders(): Promise<ProviderReport[]> {
  const reports: ProviderReport[] = [];
  for (const provider of PROVIDERS) {
    const reason = await whyNot(provider);
    reports.push({ provider, usable: reason === null, reason, device: reason === null ? deviceOf(provider) : null });
  }
  return reports;
}

/** Throws UserError, with the reason, if a provider does not work on this computer. */
export async function needProvider(provider: Provider): Promise<void> {
  if (provider === 'cpu') return;
  const reason = await whyNot(provider);
  if (reason === null) return;
  throw new UserError({
    en: `Execution provider “${provider}” does not work on this computer: ${reason.en}. Use the CPU (--provider cpu), or list the providers: netloom providers`,
    zh: `执行提供程序“${provider}”在本机不可用：${reason.zh}。请使用 CPU（--provider cpu），或列出执行提供程序：netloom providers`,
  });
}

const deviceOf = (provider: Provider): string => (provider === 'cpu' ? process.arch : 'GPU');

async function whyNot(provider: Provider): Promise<Text | null> {
  const only = PLATFORMS[provider];
  if (only !== undefined && !only.platforms.includes(process.platform)) {
    return { en: `available only on ${only.name.en}`, zh: `仅适用于 ${only.name.zh}` };
  }
  const { listSupportedBackends } = await loadRuntime();
  if (!listSupportedBackends().some(({ name }) => name === provider)) {
    return { en: 'not in this build of ONNX Runtime', zh: '此版本的 ONNX Runtime 不包含该提供程序' };
  }
  try {
    return await trial(provider);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = message.split('\n')[0]?.replace(/^.*?(?=Failed|failed|not found|no available)/, '') ?? message;
    return { en: `test session failed: ${line}`, zh: `测试会话失败：${line}` };
  }
}

/** Runs a small network completely on the provider and compares its output. */
async function trial(provider: Provider): Promise<Text | null> {
  const g = new Builder('trial');
  const x = g.input('x', 'float32', [1, 1, 2, 3], { kind: 'data' });
  const kernel = g.constant(floatTensor([1, 1, 2, 2], [1, 2, 3, 4]), 'kernel');
  const window = { kernel: [2, 2], strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1] };
  const features = g.reshape(g.relu(g.conv(x, kernel, null, window)), [1, 2]);
  const weight = g.constant(floatTensor([2, 2], [1, 2, -1, 3]), 'weight');
  const y = g.gemm(features, weight, g.constant(floatTensor([2], [0.5, -0.5]), 'bias'));
  const program = g.finish([{ name: 'y', value: y, role: { kind: 'prediction' } }]);
  const session = await loadModel(writeModel(program), { provider, alone: provider !== 'cpu' });
  const result = await session.run(new Map([['x', floatTensor([1, 1, 2, 3], [1, 1, 1, 1, 1, 2])]]));
  await session.release();
  // Convolution [10, 14]; 10 − 14 + 0.5 and 20 + 42 − 0.5.
  const got = Array.from(result.get('y')?.data ?? [], Number);
  const right = got.length === 2 && Math.abs(got[0] + 3.5) < 1e-3 && Math.abs(got[1] - 61.5) < 1e-3;
  if (right) return null;
  return {
    en: `wrong results: ${got.join(' and ')} instead of -3.5 and 61.5`,
    zh: `计算错误：得到 ${got.join(' 和 ')}，应为 -3.5 和 61.5`,
  };
}
