/** Mean and standard deviation of a few results. */
export interface Spread {
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation (n − 1); null for a single value. */
  readonly sd: number | null;
}

export function spreadOf(values: readonly number[]): Spread | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, sd: n < 2 ? null : Math.sqrt(squares / (n - 1)) };
}

/** Mean of paired differences with its 95% confidence interval. */
export interface Difference extends Spread {
  readonly low: number;
  readonly high: number;
}

/**
 * Student's t interval of paired differences (Student, "The probable error of a mean", Biometrika 6, 1908). Two runs
 * with one seed share the sample order and the initial weights of their common layers; a test for independent samples
 * (Welch's) would not use that. Null for fewer than two pairs.
 */
export function pairedDifference(pairs: readonly (readonly [a: number, b: number])[]): Difference | null {
  const spread = spreadOf(pairs.map(([a, b]) => b - a));
  if (spread === null || spread.sd === null) return null;
  const reach = (studentQuantile(0.975, spread.n - 1) * spread.sd) / Math.sqrt(spread.n);
  return { ...spread, low: spread.mean - reach, high: spread.mean + reach };
}

/** The `p` quantile of Student's t distribution, p in [0.5, 1). */
export function studentQuantile(p: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (studentCdf(high, degrees) < p) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Distribution function for t ≥ 0. */
const studentCdf = (t: number, degrees: number): number =>
  1 - incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;

/** The regularized incomplete beta function by its continued fraction (DLMF 8.17.22), evaluated with Lentz's method. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  const TINY = 1e-300;
  const held = (value: number) => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / held(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / held(1 + term * d);
      c = held(1 + term / c);
      change = c * d;
      fraction *= change;
    }
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return front * fraction;
}

/** Stirling's series. The argument is first raised to a range in which the series is accurate to the last digits. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift -= Math.log(z);
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5) - 1 / (1680 * z ** 7);
  return shift + (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series;
}
