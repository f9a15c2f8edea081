/** What measures text: a canvas's context. */
interface Measure {
  readonly font: string;
  measureText(text: string): { readonly width: number };
}

const fitted = new Map<string, string>();
const MOST = 5000;
/** Letters at the end that are kept: names of layers differ in their numbers. */
const TAIL = 4;

/** The text in the context's font, cut with an ellipsis before its last letters where it is wider than `room`. */
export function fitText(context: Measure, text: string, room: number): string {
  const width = Math.floor(room);
  const key = `${context.font} ${width} ${text}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  const fits = (candidate: string) => context.measureText(candidate).width <= width;
  let cut = text;
  for (let head = text.length - TAIL - 1; head >= 1 && !fits(cut); head--) {
    cut = `${text.slice(0, head)}…${text.slice(-TAIL)}`;
  }
  for (let tail = TAIL - 1; tail >= 1 && !fits(cut); tail--) cut = `…${text.slice(-tail)}`;
  if (!fits(cut)) cut = '';
  if (fitted.size >= MOST) fitted.clear();
  fitted.set(key, cut);
  return cut;
}
