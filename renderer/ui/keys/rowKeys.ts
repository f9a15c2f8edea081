/** Rows per Page Up or Page Down. */
const PAGE = 10;

/** The row that a key moves to from row `at` of `count`; null for any other key. */
export function rowAfter(key: string, at: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  };
  const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}
