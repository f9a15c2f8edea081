import { join } from 'node:path';
import type { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { Program } from '../ir/program.ts';
import { CPU, PORTABLE, type Target, WEBGPU } from '../ir/target.ts';
import type { Tensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import type { Provider } from '../provider.ts';
import { UserError } from '../text.ts';

/** Where and how sessions run. */
export interface Device {
  readonly provider: Provider;
  /** Threads within an op; the runtime's own choice (one per core) when absent. */
  readonly threads?: number;
  /** A folder: sessions write there, as they are released, which of their nodes ran where (placement.ts). */
  readonly profile?: string;
  /** Models of which a part would run on the CPU instead are refused. */
  readonly alone?: boolean;
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
 * What a provider is told beyond its name, by the documentation of onnxruntime-node; docs/providers.md says which of them
 * were run.
 */
const PROVIDER_OPTIONS = {
  cpu: {},
  cuda: { deviceId: 0 },
  dml: { deviceId: 0 },
  // In NHWC, its default, grouped convolutions come out wrong (onnxruntime 1.30).
  webgpu: { preferredLayout: 'NCHW' },
  // CREATE_MLPROGRAM and USE_CPU_AND_GPU: the older format and the Neural Engine compute with 16 bits.
  coreml: { coreMlFlags: 0x10 | 0x20 },
} satisfies Record<Provider, object>;

let profiles = 0;

/**
 * From so many ops on the CPU session takes a program as it is: the runtime's own optimizations gain a training step
 * some percent at most (its fast forms are in the program), and their time grows with the square of its ops.
 */
const LARGE = 3000;

/**
 * What the runtime does with a graph before it runs it: nothing; what it does by itself, as in others' hands; or all of
 * that but for what is wrong.
 */
export type Optimizations = 'none' | 'stock' | 'right';

const options = (
  { provider, threads, profile, alone = false }: Device,
  optimizations: Optimizations,
): InferenceSession.SessionOptions => ({
  executionProviders: [{ name: provider, ...PROVIDER_OPTIONS[provider] }],
  executionMode: 'sequential',
  // DirectML takes no other setting.
  ...(provider === 'dml' ? { enableMemPattern: false } : {}),
  graphOptimizationLevel: optimizations === 'none' ? 'disabled' : 'all',
  logSeverityLevel: 4,
  ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: join(profile, `${++profiles}`) }),
  extra: {
    // Weights near zero would otherwise slow training down several times.
    session: { set_denormal_as_zero: '1', ...(alone ? { disable_cpu_ep_fallback: '1' } : {}) },
    // Folds padding with zeros into pools, which do not pad with zeros (onnxruntime 1.21 and 1.30).
    ...(optimizations === 'right' && { optimization: { disable_specified_optimizers: 'Pad_Fusion' } }),
  },
});

/** Loads the bytes of an ONNX model, or its file; errors are the runtime's own. */
export async function loadModel(
  model: Uint8Array | string,
  device: Device,
  optimizations: Optimizations = 'right',
): Promise<Session> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await InferenceSession.create(model as string, options(device, optimizations));
  return {
    async run(feeds) {
      // `fromEntries` defines every name; an assignment to `__proto__` would not.
      const inputs: Record<string, RuntimeTensor> = Object.fromEntries(
        [...feeds].map(([name, { dtype, data, shape }]) => [name, new Tensor(dtype, data as never, shape)]),
      );
      const outputs = await session.run(inputs);
      return new Map(Object.entries(outputs).map(([name, { type, dims, data }]) => [name, toTensor(type, dims, data)]));
    },
    async release() {
      if (device.profile !== undefined) session.endProfiling();
      await session.release();
    },
  };
}

/** Loads the bytes of an ONNX model. A provider that cannot take or run it gives a UserError: none is switched silently. */
export async function openModel(
  model: Uint8Array | string,
  device: Device,
  optimizations: Optimizations = 'right',
): Promise<Session> {
  if (device.provider === 'cpu') return loadModel(model, device, optimizations);
  const telling = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw providerFailed(device, error);
    }
  };
  const session = await telling(loadModel(model, device, optimizations));
  return { run: (feeds) => telling(session.run(feeds)), release: () => session.release() };
}

/** What the user is told when a provider other than the CPU gives up. */
export function providerFailed({ provider }: Device, error: unknown): UserError {
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return new UserError({
    en: `The provider '${provider}' cannot run this network here: ${reason}. Use the CPU instead: it runs every network.`,
    zh: `执行提供程序“${provider}”无法在此运行该网络：${reason}。请改用 CPU，它能运行所有网络。`,
  });
}

const toTensor = (dtype: string, shape: readonly number[], data: unknown): Tensor => ({ dtype, shape, data }) as Tensor;

/** Loads a program; its inputs and outputs keep their names. */
export const openProgram = (program: Program, device: Device): Promise<Session> =>
  openModel(writeModel(program), device, device.provider === 'cpu' && program.ops.length >= LARGE ? 'none' : 'right');
