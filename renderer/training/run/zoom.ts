type Range = readonly [from: number, to: number];

/** Narrowest visible range, in epochs. */
const LEAST = 0.01;

/** Range zoomed by `factor` (below 1 zooms in) around a position; null if that is the whole run. */
export function zoomed(shown: Range, about: number, factor: number, whole: number): Range | null {
  const [from, to] = shown;
  const width = Math.max(LEAST, (to - from) * factor);
  if (width >= whole) return null;
  const share = (about - from) / (to - from);
  return within(about - share * width, width, whole);
}

/** Range moved by a share of its width. */
export function panned([from, to]: Range, share: number, whole: number): Range {
  return within(from + share * (to - from), to - from, whole);
}

function within(from: number, width: number, whole: number): Range {
  const start = Math.min(Math.max(0, from), Math.max(0, whole - width));
  return [start, start + width];
}
