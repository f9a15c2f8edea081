const fitted = new Map<string, string>();
const MOST = 5000;

/** The text, cut with an ellipsis where it is wider than `room`, in the context's font. */
export function fitText(context: CanvasRenderingContext2D, text: string, room: number): string {
  const width = Math.floor(room);
  const key = `${context.font} ${width} ${text}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  let cut = text;
  while (cut.length > 0 && context.measureText(cut === text ? text : `${cut}…`).width > width) cut = cut.slice(0, -1);
  const result = cut === text ? text : cut.length === 0 ? '' : `${cut}…`;
  if (fitted.size >= MOST) fitted.clear();
  fitted.set(key, result);
  return result;
}
