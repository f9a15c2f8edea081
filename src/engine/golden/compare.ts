import type { CaseTensors, GoldenCase } from './cases.ts';

/** The largest error of a case relative to its tolerance (at most 1 passes), and its tensor. */
export interface ComparisonResult {
  readonly error: number;
  readonly worst: string | null;
  readonly note?: string;
}

/** A result: a tensor of the runtime, or values of any precision. */
interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number | bigint>;
}

/** Names of the result tensors of a case, which all must be compared. */
const RESULTS: Readonly<Record<GoldenCase['group'], RegExp>> = {
  layer: /^(out|grad|after)\./,
  block: /^(out|grad|after)\./,
  loss: /^(out|grad)\./,
  // Only the update rule is tested; the losses belong to a network that is not part of the case.
  optimizer: /^(step\d+\.|norm$)/,
  trajectory: /^(out\.|final\.|loss$)/,
  schedule: /^(lr|momentum)$/,
  metric: /^(?!in\.)/,
  // Compared by distribution, not by values.
  initialiser: /^$/,
};

/** Collects comparisons: the largest max|got − expected| ÷ (atol + rtol · max|expected|) over all tensors. */
export class Comparison {
  readonly #expected: CaseTensors;
  readonly #tolerance: GoldenCase['tolerance'];
  readonly #missing: Set<string>;
  #error = 0;
  #worst: string | null = null;

  constructor(expected: CaseTensors, { group, tolerance }: GoldenCase) {
    this.#expected = expected;
    this.#tolerance = tolerance;
    this.#missing = new Set(expected.names.filter((name) => RESULTS[group].test(name)));
  }

  /** Compares `got` with the case's tensor `name`. */
  add(name: string, got: Numbers | undefined): void {
    const { shape, data } = this.#expected.get(name);
    this.#missing.delete(name);
    if (got === undefined || got.shape.join() !== shape.join()) {
      this.share(`${name} [${got?.shape}]`, Number.POSITIVE_INFINITY);
      return;
    }
    let off = 0;
    let size = 0;
    for (let i = 0; i < data.length; i++) {
      const want = Number(data[i]);
      const error = Math.abs(Number(got.data[i]) - want);
      if (!(error <= off)) off = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
      size = Math.max(size, Math.abs(want));
    }
    this.share(name, ratio(off, this.#tolerance.atol + this.#tolerance.rtol * size));
  }

  /** Adds an error that is already relative to its tolerance. */
  share(name: string, error: number): void {
    if (error <= this.#error) return;
    this.#error = error;
    this.#worst = name;
  }

  result(note?: string): ComparisonResult {
    for (const name of this.#missing) this.share(`${name} was not computed`, Number.POSITIVE_INFINITY);
    const compared = { error: this.#error, worst: this.#worst };
    return note === undefined ? compared : { ...compared, note };
  }
}

/** 0/0 is 0. */
export const ratio = (off: number, allowed: number): number => (off === 0 ? 0 : off / allowed);
