import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { check } from '../../check/check.ts';
import { readProject, writeProject } from '../../graph/file.ts';
import { inputsOf, type ModelInput } from '../../importing/inputs.ts';
import { cleaned } from '../../importing/names.ts';
import { type ModelProto, TensorProtoSchema } from '../../onnx/gen/onnx_pb.ts';
import { decodeModel } from '../../onnx/read.ts';
import { type Constant, decodeConstant, toFloat32 } from '../../onnx/tensors.ts';
import { UserError } from '../../text.ts';
import { exportModel } from '../exporter.ts';
import { CPU_DEVICE, loadModel, type Session, type Tensors } from '../session.ts';
import { readWeights, writeWeights } from '../weights.ts';
import { importModel } from './importModel.ts';

/** Where Debian's package libonnx-testdata puts the suite. */
export const SUITE = '/usr/share/libonnx-testdata/data';

/** Tolerances of ONNX's own runner of its cases. */
const RELATIVE = 1e-3;
const ABSOLUTE = 1e-7;

/**
 * A case of ONNX's test suite, imported, saved, opened, exported and run on its own inputs:
 * - `passed`: the exported file gives the expected outputs
 * - `refused`: the import says why it does not open the file, or the check why its network does not run
 * - `runtime`: the runtime itself does not give the expected outputs of the file
 * - `failed`: everything else
 */
export interface CaseResult {
  readonly outcome: 'passed' | 'refused' | 'runtime' | 'failed';
  /** Operators of the ONNX nodes. */
  readonly kept: readonly string[];
  /** Element types of inputs and outputs; `other` for values that are no tensors. */
  readonly types: readonly string[];
  /** Cause of every other outcome than `passed`. */
  readonly reason?: string;
  /** Largest difference between file and network that the import shows; null if it shows none. */
  readonly shown?: number | null;
  /** Largest difference between file and exported file on the inputs of the case. */
  readonly actual?: number;
}

/** The network has errors, which the message names. */
class RefusedByCheck extends Error {}

type Fed = Tensors extends ReadonlyMap<string, infer T> ? T : never;

/**
 * Imports the model in `folder`, and compares its export with the expected outputs. Null for a case with other element types than
 * `wanted`.
 */
export async function runSuiteCase(folder: string, wanted?: readonly string[]): Promise<CaseResult | null> {
  const path = join(folder, 'model.onnx');
  const model = decodeModel(readFileSync(path)) as ModelProto;
  const inputs = inputsOf(model);
  const outputs = outputsOf(model);
  const types = [...new Set([...inputs, ...outputs].map(({ dtype }) => dtype ?? 'other'))];
  if (wanted !== undefined && types.some((type) => !wanted.includes(type))) return null;
  const sets = readdirSync(folder).filter((name) => name.startsWith('test_data_set'));
  const samples = sets.map((set) => sampleIn(join(folder, set), inputs, outputs));
  const kept: string[] = [];
  let shown: number | null = null;
  try {
    const imported = await importModel(path, { sizes: sizesIn(inputs, samples[0]) });
    kept.push(...imported.report.kept.flatMap(({ ops }) => ops));
    shown = imported.report.proof?.maxError ?? null;
    const exported = await exportedAgain(imported);
    const session = await loadModel(exported, CPU_DEVICE);
    const ports = inputsOf(decodeModel(exported) as ModelProto);
    let actual = 0;
    try {
      for (const sample of samples) {
        const results = await session.run(feedsFor(sample, inputs, ports));
        const fault = firstFault(outputs, sample, results);
        if (fault !== null) throw new Error(fault);
        actual = Math.max(actual, await differenceFromFile(path, inputs, outputs, sample, results));
      }
    } finally {
      await session.release();
    }
    return { outcome: 'passed', kept, types, shown, actual };
  } catch (error) {
    const reason = error instanceof Error ? ((error.message || error.name).split('\n')[0] as string) : String(error);
    const given = { kept, types, reason, shown };
    const isRefusal = error instanceof RefusedByCheck || (error instanceof UserError && kept.length === 0);
    const own = types.includes('other') ? null : await runtimeFault(path, inputs, outputs, samples);
    if (own !== null) return { ...given, outcome: 'runtime', reason: `${reason}; the runtime: ${own}` };
    return { ...given, outcome: isRefusal ? 'refused' : 'failed' };
  }
}

/** The bytes of an export after saving and opening the imported network. */
async function exportedAgain({ document, weights }: Awaited<ReturnType<typeof importModel>>): Promise<Uint8Array> {
  const held = weights.size === 0 ? null : writeWeights(weights);
  const opened = readProject(writeProject({ document, weights: held, others: {} }), 'case.netloom');
  const { graph, diagnostics } = check(opened.document);
  if (graph === null) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message.en);
    throw new RefusedByCheck(errors.join('; '));
  }
  const read = opened.weights === null ? new Map() : readWeights(opened.weights, 'case.netloom');
  return (await exportModel({ graph, weights: read, data: null, device: CPU_DEVICE })).model;
}

interface Sample {
  readonly inputs: readonly (Constant | null)[];
  readonly outputs: readonly (Constant | null)[];
}

const outputsOf = ({ graph }: ModelProto): readonly ModelInput[] =>
  inputsOf({ graph: { input: graph?.output ?? [], initializer: [] } } as unknown as ModelProto);

function sampleIn(folder: string, inputs: readonly ModelInput[], outputs: readonly ModelInput[]): Sample {
  const read = (kind: string) => (port: ModelInput, i: number) => {
    const file = join(folder, `${kind}_${i}.pb`);
    if (port.dtype === null || !existsSync(file)) return null;
    return decodeConstant(fromBinary(TensorProtoSchema, readFileSync(file)));
  };
  return { inputs: inputs.map(read('input')), outputs: outputs.map(read('output')) };
}

/** Sizes that the file leaves open, from a sample. */
const sizesIn = (inputs: readonly ModelInput[], sample: Sample | undefined): Record<string, number> =>
  Object.fromEntries(
    inputs.flatMap(({ dims }, i) =>
      dims.flatMap((dim, axis) => {
        const size = sample?.inputs[i]?.dims[axis];
        return typeof dim === 'number' || size === undefined ? [] : [[dim, size]];
      }),
    ),
  );

/** The inputs of a sample, for a model with the same inputs under names of its own, perhaps as float32. */
function feedsFor(sample: Sample, inputs: readonly ModelInput[], ports: readonly ModelInput[]): Map<string, Fed> {
  return new Map(
    ports.map((port, i) => {
      const named = inputs.findIndex(({ name }) => name === port.name || cleaned(name) === port.name);
      const given = sample.inputs[named < 0 ? i : named];
      if (given === null || given === undefined) throw new Error(`the case has no input '${port.name}'`);
      const { dtype, dims, data } = port.dtype === 'float32' ? (toFloat32(given) ?? given) : given;
      return [port.name, { dtype, shape: dims, data } as unknown as Fed];
    }),
  );
}

/** The first output with another shape or value than expected; null if there is none. */
function firstFault(outputs: readonly ModelInput[], sample: Sample, results: Tensors): string | null {
  for (const [i, { name }] of outputs.entries()) {
    const wanted = sample.outputs[i];
    if (wanted === null || wanted === undefined) return `the expected output '${name}' cannot be read`;
    const found = resultOf(results, name, i);
    if (found === undefined) return `there is no output '${name}'`;
    if (found.shape.join() !== wanted.dims.join()) return `${name} has shape [${found.shape}], not [${wanted.dims}]`;
    const [x, y] = [numbers(found.dtype, found.data), numbers(wanted.dtype, wanted.data)];
    const at = y.findIndex((value, k) => !isNear(x[k], value));
    if (at >= 0) return `${name}[${at}] is ${x[at]}, not ${y[at]}`;
  }
  return null;
}

const resultOf = (results: Tensors, name: string, index: number): Fed | undefined =>
  results.get(name) ?? results.get(cleaned(name)) ?? [...results.values()][index];

const numbers = (dtype: string, data: unknown): readonly (number | bigint | string)[] => {
  const floats = toFloat32({ dtype, dims: [], data } as unknown as Constant);
  return Array.from((dtype === 'float64' ? data : (floats?.data ?? data)) as ArrayLike<number | bigint | string>);
};

function isNear(found: number | bigint | string | undefined, wanted: number | bigint | string): boolean {
  if (typeof found !== 'number' || typeof wanted !== 'number') return String(found) === String(wanted);
  if (found === wanted || (Number.isNaN(found) && Number.isNaN(wanted))) return true;
  return Math.abs(found - wanted) <= ABSOLUTE + RELATIVE * Math.abs(wanted);
}

/** Runs the file itself; null if it gives the expected outputs. */
async function runtimeFault(
  path: string,
  inputs: readonly ModelInput[],
  outputs: readonly ModelInput[],
  samples: readonly Sample[],
): Promise<string | null> {
  let session: Session | null = null;
  try {
    session = await loadModel(path, CPU_DEVICE, 'none');
    for (const sample of samples) {
      const fault = firstFault(outputs, sample, await session.run(feedsFor(sample, inputs, inputs)));
      if (fault !== null) return fault;
    }
    return null;
  } catch (error) {
    return (error as Error).message.split('\n')[0] as string;
  } finally {
    await session?.release();
  }
}

async function differenceFromFile(
  path: string,
  inputs: readonly ModelInput[],
  outputs: readonly ModelInput[],
  sample: Sample,
  results: Tensors,
): Promise<number> {
  const session = await loadModel(path, CPU_DEVICE, 'none').catch(() => null);
  if (session === null) return 0;
  try {
    const own = await session.run(feedsFor(sample, inputs, inputs));
    let largest = 0;
    for (const [i, { name }] of outputs.entries()) {
      const [a, b] = [resultOf(results, name, i), own.get(name)];
      if (a === undefined || b === undefined || a.dtype === ('string' as never)) continue;
      const [x, y] = [numbers(a.dtype, a.data), numbers(b.dtype, b.data)];
      for (const [k, value] of y.entries()) {
        const error = Math.abs(Number(x[k]) - Number(value));
        if (error > largest) largest = error;
      }
    }
    return largest;
  } catch {
    return 0;
  } finally {
    await session.release();
  }
}
