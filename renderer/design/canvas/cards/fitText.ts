/** Measures text: the context of a canvas. */
interface Measure {
  readonly font: string;
  measureText(text: string): { readonly width: number };
}

const fitted = new Map<string, string>();
const MOST = 5000;
/** Letters at the end that are kept: names of layers differ in their numbers. */
const TAIL = 4;

/** The last part of a path: `conv1` of `stage2.conv1`. */
const lastPart = (text: string): string => text.split(/[./]/).at(-1) || text;

/**
 * The text in the context's font. Where it is wider than `room` it is the last part of a path, or else cut with an
 * ellipsis before its last letters.
 */
export function fitText(context: Measure, text: string, room: number): string {
  const width = Math.floor(room);
  const key = `${context.font} ${width} ${text}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  const fits = (candidate: string) => context.measureText(candidate).width <= width;
  const short = fits(text) ? text : lastPart(text);
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
