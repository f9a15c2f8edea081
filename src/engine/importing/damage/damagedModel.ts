import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../../check/check.ts';
import { UserError } from '../../../text.ts';
import { type Damage, damaged } from '../../data/damage/damage.ts';
import { importModel } from '../importModel.ts';

/** Longest time (ms) that importing a damaged small model may take. */
const MOST_TIME = 5000;

export interface DamageTrial {
  readonly outcome: 'opened' | 'refused';
  /** Faults of Netloom; empty where it behaved well. */
  readonly faults: readonly string[];
  readonly time: number;
}

/** Imports a model with one damage. `scratch`: folder for the file. */
export async function tryDamagedModel(
  scratch: string,
  bytes: Uint8Array,
  kind: Damage,
  seed: number,
): Promise<DamageTrial> {
  const path = join(scratch, `${kind}-${seed}.onnx`);
  writeFileSync(path, damaged(bytes, kind, 'ONNX', seed));
  const start = performance.now();
  const result = await imported(path);
  const time = performance.now() - start;
  const slow = time > MOST_TIME ? [`took ${Math.round(time)} ms`] : [];
  return { ...result, time, faults: [...result.faults, ...slow] };
}

async function imported(path: string): Promise<Omit<DamageTrial, 'time'>> {
  try {
    const { document, weights } = await importModel(path);
    const { graph } = check(document);
    const wanted = graph?.nodes.flatMap(({ node, params }) => Object.keys(params).map((key) => `${node.name}/${key}`));
    const missing = wanted?.filter((name) => !weights.has(name)) ?? [];
    return { outcome: 'opened', faults: missing.map((name) => `no weights for ${name}`) };
  } catch (error) {
    const bug = error instanceof UserError ? [] : [`threw ${error instanceof Error ? error.stack : String(error)}`];
    return { outcome: 'refused', faults: bug };
  }
}
