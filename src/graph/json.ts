/** Max depth of nested lists and objects; Netloom's files need seven levels. */
const DEEPEST = 100;

/** Error for JSON that is nested too deep. */
export class JsonTooDeep extends Error {
  override readonly name = 'JsonTooDeep';
}

/** Index after the string that starts at `start`; the end of the text if it is not closed. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
  return text.length;
}

const MARK = /["{}[\],]/g;

/** Brackets and commas outside strings. */
function* marks(text: string): Generator<{ readonly mark: string; readonly at: number }> {
  MARK.lastIndex = 0;
  for (let at = 0; ; ) {
    MARK.lastIndex = at;
    const found = MARK.exec(text);
    if (found === null) return;
    const [mark] = found;
    if (mark !== '"') yield { mark, at: found.index };
    at = mark === '"' ? stringEnd(text, found.index) : found.index + 1;
  }
}

/** Rejects JSON so deep that recursive functions would exhaust the stack. */
function checkDepth(text: string): void {
  let depth = 0;
  for (const { mark } of marks(text)) {
    if (mark === '{' || mark === '[') depth++;
    else if (mark !== ',') depth--;
    if (depth > DEEPEST) throw new JsonTooDeep(`more than ${DEEPEST} levels`);
  }
}

/** The value of a JSON text. Throws SyntaxError, or JsonTooDeep. */
export function parseJson(text: string): unknown {
  checkDepth(text);
  return JSON.parse(text);
}

/** The text up to its last complete value, with all open brackets closed. */
function closed(text: string): string {
  const open: string[] = [];
  let end = 0;
  for (const { mark, at } of marks(text)) {
    if (mark === '{' || mark === '[') open.push(mark === '{' ? '}' : ']');
    else if (mark !== ',') open.pop();
    end = mark === ',' ? at : at + 1;
  }
  return text.slice(0, end) + open.reverse().join('');
}

/** The readable part of a JSON text. */
export interface PartialJson {
  readonly value: unknown;
  /** Number of characters read. */
  readonly end: number;
}

/** Reads an incomplete or damaged JSON text up to the damage. Throws JsonTooDeep. */
export function parseJsonUpTo(text: string): PartialJson {
  checkDepth(text);
  const upTo = (end: number): PartialJson | null => {
    try {
      return { value: JSON.parse(closed(text.slice(0, end))), end };
    } catch {
      return null;
    }
  };
  let best = upTo(text.length) ?? { value: undefined, end: 0 };
  for (let wrong = text.length; wrong - best.end > 1; ) {
    const middle = (best.end + wrong) >> 1;
    const found = upTo(middle);
    if (found === null) wrong = middle;
    else best = found;
  }
  return best;
}
