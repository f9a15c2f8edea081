import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readSafetensors, type SafeTensor } from '../../graph/safetensors.ts';
import type { Tensor } from '../../ir/tensor.ts';
import { UserError } from '../../text.ts';
import { fileError } from '../fileError.ts';

const hyper = z.record(z.string(), z.unknown());
const setting = z.looseObject({ kind: z.string() });
const lossSetting = setting.extend({ hyper });

const graph = z.object({
  /** Shapes, including the batch axis. */
  inputs: z.record(z.string(), z.array(z.int().positive())),
  nodes: z.array(z.object({ name: z.string(), kind: z.string(), inputs: z.array(z.string()), hyper })),
  outputs: z.array(z.string()),
});
export type CaseGraph = z.infer<typeof graph>;

const common = z.object({
  id: z.string(),
  kind: z.string(),
  file: z.string(),
  tolerance: z.object({ rtol: z.number(), atol: z.number() }),
});

const goldenCase = z.discriminatedUnion('group', [
  common.extend({ group: z.literal('layer'), hyper, mode: z.enum(['train', 'eval']), inputs: z.array(z.string()) }),
  common.extend({ group: z.literal('block'), graph, mode: z.enum(['train', 'eval']) }),
  common.extend({ group: z.literal('loss'), hyper }),
  common.extend({
    group: z.literal('optimizer'),
    graph,
    loss: lossSetting,
    optimizer: setting,
    clip: z.unknown(),
    steps: z.int(),
  }),
  common.extend({
    group: z.literal('trajectory'),
    graph,
    /** Loss of a graph with one output. For several outputs, `losses` has one each, and their sum is minimized. */
    loss: lossSetting.optional(),
    losses: z.record(z.string(), lossSetting).optional(),
    /** Number of samples per step; by default the same for all steps. */
    sizes: z.array(z.int().positive()).optional(),
    /** Nodes with frozen parameters and running statistics. */
    frozen: z.array(z.string()).default([]),
    /** Settings of the parameters whose names begin with `match`. */
    groups: z
      .array(z.object({ match: z.string(), lr_scale: z.number().optional(), weight_decay: z.number().optional() }))
      .default([]),
    optimizer: setting,
    clip: z.unknown(),
    schedule: z.unknown(),
    steps: z.int(),
  }),
  common.extend({ group: z.literal('schedule'), schedule: setting }),
  common.extend({
    group: z.literal('initialiser'),
    hyper,
    shape: z.array(z.int().positive()),
    expect: z.object({
      mean: z.number(),
      std: z.number(),
      low: z.number().optional(),
      high: z.number().optional(),
      fan_in: z.number().optional(),
      fan_out: z.number().optional(),
    }),
    margin: z.object({ mean: z.number(), std: z.number() }),
  }),
  common.extend({ group: z.literal('metric'), hyper }),
]);
/** A golden case: a computation and its settings, as documented in testdata/golden/README.md. */
export type GoldenCase = z.infer<typeof goldenCase>;
export type CaseOf<G extends GoldenCase['group']> = Extract<GoldenCase, { group: G }>;

const caseFile = z.object({ cases: z.array(goldenCase) });

export interface CaseSet {
  readonly cases: readonly GoldenCase[];
  tensorsOf(test: GoldenCase): Promise<CaseTensors>;
}

/** Opens a `cases.json`, with the tensors in the same folder. Throws UserError. */
export async function openCases(path: string): Promise<CaseSet> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError(path, error);
  });
  const bad = (reason: string) =>
    new UserError({
      en: `“${path}” is not a list of golden cases: ${reason}. Use a cases.json as described in testdata/golden/README.md.`,
      zh: `“${path}”不是参考用例列表：${reason}。请使用 testdata/golden/README.md 中所述的 cases.json。`,
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw bad((error as Error).message);
  }
  const parsed = caseFile.safeParse(json);
  if (!parsed.success) throw bad(z.prettifyError(parsed.error).split('\n').slice(0, 2).join(' '));
  return {
    cases: parsed.data.cases,
    async tensorsOf({ file }) {
      const full = join(dirname(path), file);
      const bytes = await readFile(full).catch((error: unknown) => {
        throw fileError(full, error);
      });
      return new CaseTensors(readSafetensors(bytes, full));
    },
  };
}

/** The tensors of a case by name. */
export class CaseTensors {
  readonly #tensors: ReadonlyMap<string, SafeTensor>;

  constructor(tensors: ReadonlyMap<string, SafeTensor>) {
    this.#tensors = tensors;
  }

  get names(): string[] {
    return [...this.#tensors.keys()];
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  get(name: string): SafeTensor {
    const tensor = this.#tensors.get(name);
    if (tensor === undefined) throw new Error(`the case has no tensor '${name}'`);
    return tensor;
  }

  /** The tensor in the type of the runtime: float32, or int64 for class indices. */
  tensor(name: string): Tensor {
    const { dtype, shape, data } = this.get(name);
    if (dtype === 'I64') return { dtype: 'int64', shape, data };
    return { dtype: 'float32', shape, data: dtype === 'F32' ? data : Float32Array.from(data) };
  }

  /** All tensors whose names begin with `prefix`, by the rest of their names. */
  startingWith(prefix: string): Map<string, Tensor> {
    const names = [...this.#tensors.keys()].filter((name) => name.startsWith(prefix));
    return new Map(names.map((name) => [name.slice(prefix.length), this.tensor(name)]));
  }
}
