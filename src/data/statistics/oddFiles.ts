/** Facts of an image file from its header. */
export interface FileFacts {
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Channels in the file, transparency among them. */
  readonly channels: number;
}

/** Reasons to look at an image: all pixels equal, or a file that differs from most others. */
export type Oddity = 'constant' | 'aspect' | 'small' | 'large' | 'channels';

/** The longer side is at least this many times the shorter, and that of the typical file is not. */
export const EXTREME_ASPECT = 3;
/** The area differs from the median by at least this factor. */
export const EXTREME_AREA = 16;

/** Oddities of every file; `facts` are null for files that cannot be read. */
export function oddFiles(facts: readonly (FileFacts | null)[]): Oddity[][] {
  const known = facts.filter((each) => each !== null);
  const area = median(known.map(({ width, height }) => width * height));
  const aspect = median(known.map(aspectOf));
  const channels = mostFrequent(known.map((each) => each.channels));
  return facts.map((each) => {
    if (each === null) return [];
    const size = each.width * each.height;
    const odd: Oddity[] = [];
    if (aspectOf(each) >= EXTREME_ASPECT && aspect < EXTREME_ASPECT) odd.push('aspect');
    if (size * EXTREME_AREA <= area) odd.push('small');
    if (size >= area * EXTREME_AREA) odd.push('large');
    if (each.channels !== channels) odd.push('channels');
    return odd;
  });
}

const aspectOf = ({ width, height }: FileFacts): number =>
  Math.max(width, height) / Math.max(1, Math.min(width, height));

/** The lower of the two middle values of an even number. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}

function mostFrequent(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
