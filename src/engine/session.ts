import { join } from 'node:path';
import type { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { Program } from '../ir/program.ts';
import { CPU, PORTABLE, type Target, WEBGPU } from '../ir/target.ts';
import type { Tensor } from '../ir/tensor.ts';
import { writeModel } from '../onnx/write.ts';
import type { Provider } from '../provider.ts';
import { UserError } from '../text.ts';

/** Execution provider and options of sessions. */
export interface Device {
  readonly provider: Provider;
  /** Threads per op; by default, the runtime chooses one per core. */
  readonly threads?: number;
  /** Folder to which sessions write the placement of their nodes when they are released (placement.ts). */
  readonly profile?: string;
  /** True to refuse models of which a part would run on the CPU. */
  readonly alone?: boolean;
}

export const CPU_DEVICE: Device = { provider: 'cpu' };

/** Compile targets by provider. */
const TARGETS: Readonly<Partial<Record<Provider, Target>>> = { cpu: CPU, webgpu: WEBGPU };

export const targetOf = ({ provider }: Device): Target => TARGETS[provider] ?? PORTABLE;

export type Tensors = ReadonlyMap<string, Tensor>;

/** A loaded model. Feeds and results are keyed by input and output names. */
export interface Session {
  /**
   * Runs the model on this thread, after one turn of its event loop. Feeds are not copied; results are new tensors: all outputs, or
   * only those named in `only`.
   */
  run(feeds: Tensors, only?: readonly string[]): Promise<Map<string, Tensor>>;
  release(): Promise<void>;
}

/**
 * Loads the runtime with its telemetry off. The runtime reads the variable once when it is loaded, so it must not be
 * imported statically. A worker thread must share the environment (`env: SHARE_ENV`), because its own is a copy.
 */
export async function loadRuntime(): Promise<typeof import('onnxruntime-node')> {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const runtime = await import('onnxruntime-node');
  // Errors are also thrown as exceptions, so logging them to stderr would only confuse users.
  runtime.env.logLevel = 'fatal';
  return runtime;
}

/** Options of the providers, from the documentation of onnxruntime-node; docs/providers.md lists which were tested. */
const PROVIDER_OPTIONS = {
  cpu: {},
  cuda: { deviceId: 0 },
  dml: { deviceId: 0 },
  // With NHWC, the default, grouped convolutions are wrong (onnxruntime 1.30).
  webgpu: { preferredLayout: 'NCHW' },
  // CREATE_MLPROGRAM and USE_CPU_AND_GPU: the older format and the Neural Engine compute with 16 bits.
  coreml: { coreMlFlags: 0x10 | 0x20 },
} satisfies Record<Provider, object>;

let profiles = 0;

/**
 * Number of ops from which CPU sessions do not optimize a program. The optimizations of the runtime speed up a training
 * step by a few percent at most (its fast forms are already in the program), and their time grows with the square of
 * the number of ops.
 */
const LARGE = 3000;

/**
 * Graph optimizations of the runtime: none; its defaults, as in other programs; or its defaults without the incorrect
 * ones.
 */
export type Optimizations = 'none' | 'stock' | 'right';

const options = (
  { provider, threads, profile, alone = false }: Device,
  optimizations: Optimizations,
): InferenceSession.SessionOptions => ({
  executionProviders: [{ name: provider, ...PROVIDER_OPTIONS[provider] }],
  executionMode: 'sequential',
  // DirectML supports no other setting.
  ...(provider === 'dml' ? { enableMemPattern: false } : {}),
  graphOptimizationLevel: optimizations === 'none' ? 'disabled' : 'all',
  logSeverityLevel: 4,
  ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: join(profile, `${++profiles}`) }),
  extra: {
    // Without this, weights near zero slow training down several times.
    session: { set_denormal_as_zero: '1', ...(alone ? { disable_cpu_ep_fallback: '1' } : {}) },
    // This optimizer folds zero padding into pooling, whose padding is not zero (onnxruntime 1.21 and 1.30).
    ...(optimizations === 'right' && { optimization: { disable_specified_optimizers: 'Pad_Fusion' } }),
  },
});

/** Loads an ONNX model from bytes or a file. Throws the errors of the runtime. */
export async function loadModel(
  model: Uint8Array | string,
  device: Device,
  optimizations: Optimizations = 'right',
): Promise<Session> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await InferenceSession.create(model as string, options(device, optimizations));
  return {
    async run(feeds, only) {
      // `fromEntries` defines every name; an assignment to `__proto__` would not.
      const inputs: Record<string, RuntimeTensor> = Object.fromEntries(
        [...feeds].map(([name, { dtype, data, shape }]) => [name, new Tensor(dtype, data as never, shape)]),
      );
      const outputs = only === undefined ? await session.run(inputs) : await session.run(inputs, only);
      return new Map(Object.entries(outputs).map(([name, { type, dims, data }]) => [name, toTensor(type, dims, data)]));
    },
    async release() {
      if (device.profile !== undefined) session.endProfiling();
      await session.release();
    },
  };
}

/**
 * Loads an ONNX model from bytes. Throws UserError if the provider cannot load or run it; providers are never switched
 * silently.
 */
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
  return { run: (feeds, only) => telling(session.run(feeds, only)), release: () => session.release() };
}

/** The error for a provider other than the CPU that cannot run a network. */
export function providerFailed({ provider }: Device, error: unknown): UserError {
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return new UserError({
    en: `Execution provider “${provider}” cannot run this network on this computer: ${reason}. Use the CPU, which runs every network.`,
    zh: `执行提供程序“${provider}”无法在本机运行此网络：${reason}。请使用 CPU，它可以运行所有网络。`,
  });
}

const toTensor = (dtype: string, shape: readonly number[], data: unknown): Tensor => ({ dtype, shape, data }) as Tensor;

/** Loads a program; its inputs and outputs keep their names. */
export const openProgram = (program: Program, device: Device): Promise<Session> =>
  openModel(writeModel(program), device, device.provider === 'cpu' && program.ops.length >= LARGE ? 'none' : 'right');
