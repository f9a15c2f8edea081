/** Measures text: the context of a canvas. */
interface Measure {
  readonly font: string;
  measureText(text: string): { readonly width: number };
}

const fitted = new Map<string, string>();
const MOST = 5000;
/** Number of last characters to keep, because layer names often differ in their numbers. */
const TAIL = 4;

/** The last parts of a path, longest first: `block.conv1` and `conv1` of `stage2.block.conv1`. */
const lastParts = (text: string): readonly string[] =>
  [...text.matchAll(/[./]/g)].map(({ index }) => text.slice(index + 1)).filter((rest) => rest !== '');

/**
 * Shortens a text that is wider than `room` in the font of the context: to as many last parts of a path as fit, or with
 * an ellipsis before its last characters.
 */
export function fitText(context: Measure, text: string, room: number): string {
  const width = Math.floor(room);
  const key = `${context.font} ${width} ${text}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  const fits = (candidate: string) => context.measureText(candidate).width <= width;
  const parts = [text, ...lastParts(text)];
  const short = parts.find(fits) ?? (parts.at(-1) as string);
  let cut = short;
  for (let head = short.length - TAIL - 1; head >= 1 && !fits(cut); head--) {
    cut = `${short.slice(0, head)}…${short.slice(-TAIL)}`;
  }
  for (let tail = TAIL - 1; tail >= 1 && !fits(cut); tail--) cut = `…${short.slice(-tail)}`;
  if (!fits(cut)) cut = '';
  if (fitted.size >= MOST) fitted.clear();
  fitted.set(key, cut);
  return cut;
}
