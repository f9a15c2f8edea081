import type { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { CPU, PORTABLE, type Target, WEBGPU } from '../ir/builder.ts';
import type { Program } from '../ir/program.ts';
import type { Tensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import { UserError } from '../text.ts';

export const PROVIDERS = ['cpu', 'cuda', 'dml', 'webgpu', 'coreml'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Where and how sessions run. */
export interface Device {
  readonly provider: Provider;
  /** Threads within an op; the runtime's own choice (one per core) when absent. */
  readonly threads?: number;
}

export const CPU_DEVICE: Device = { provider: 'cpu' };

/** What programs for this device may use. */
const TARGETS: Readonly<Partial<Record<Provider, Target>>> = { cpu: CPU, webgpu: WEBGPU };

export const targetOf = ({ provider }: Device): Target => TARGETS[provider] ?? PORTABLE;

export type Tensors = ReadonlyMap<string, Tensor>;

/** A loaded model. Feeds and results are keyed by the names of the model's inputs and outputs. */
export interface Session {
  /** Runs to the end on this thread, after one turn of its event loop. Feeds are not copied, results are fresh. */
  run(feeds: Tensors): Promise<Map<string, Tensor>>;
  release(): Promise<void>;
}

/**
 * The runtime, with its telemetry off. It reads the variable once, as it is loaded: hence no static import. In a worker
 * thread the variable has to come from the thread that started it (`env: SHARE_ENV`), as a worker's own is a copy.
 */
export async function loadRuntime(): Promise<typeof import('onnxruntime-node')> {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const runtime = await import('onnxruntime-node');
  // Its errors come as exceptions too; written to stderr besides, they would only frighten.
  runtime.env.logLevel = 'fatal';
  return runtime;
}

/**
 * What a provider is told beyond its name. Turned to NHWC, its default, WebGPU computes grouped convolutions wrongly
 * (onnxruntime 1.30: docs/providers.md).
 */
const PROVIDER_OPTIONS: Readonly<Partial<Record<Provider, object>>> = { webgpu: { preferredLayout: 'NCHW' } };

const options = ({ provider, threads }: Device): InferenceSession.SessionOptions => ({
  executionProviders: [{ name: provider, ...PROVIDER_OPTIONS[provider] }],
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 4,
  ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  // Weights near zero would otherwise slow training down several times.
  extra: { session: { set_denormal_as_zero: '1' } },
});

/** Loads the bytes of an ONNX model, or its file; errors are the runtime's own. */
export async function loadModel(model: Uint8Array | string, device: Device): Promise<Session> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await InferenceSession.create(model as string, options(device));
  return {
    async run(feeds) {
      const inputs: Record<string, RuntimeTensor> = {};
      for (const [name, { dtype, data, shape }] of feeds) inputs[name] = new Tensor(dtype, data as never, shape);
      const outputs = await session.run(inputs);
      return new Map(Object.entries(outputs).map(([name, { type, dims, data }]) => [name, toTensor(type, dims, data)]));
    },
    release: () => session.release(),
  };
}

/** Loads the bytes of an ONNX model. A provider that cannot take it gives a UserError: nothing is switched silently. */
export async function openModel(model: Uint8Array | string, device: Device): Promise<Session> {
  try {
    return await loadModel(model, device);
  } catch (error) {
    if (device.provider === 'cpu') throw error;
    throw providerFailed(device, error);
  }
}

/** What the user is told when a provider other than the CPU gives up. */
export function providerFailed({ provider }: Device, error: unknown): UserError {
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return new UserError({
    en: `The provider '${provider}' cannot run this network here: ${reason}. Choose another one, for example cpu.`,
    zh: `执行提供程序“${provider}”无法在此运行该网络：${reason}。请换用其他程序，例如 cpu。`,
  });
}

const toTensor = (dtype: string, shape: readonly number[], data: unknown): Tensor => ({ dtype, shape, data }) as Tensor;

/** Loads a program; its inputs and outputs keep their names. */
export const openProgram = (program: Program, device: Device): Promise<Session> =>
  openModel(writeModel(program), device);
