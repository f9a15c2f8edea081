/**
 * Widths of characters in em, averaged over common sans-serif fonts, for layout without a browser. The error is a few
 * percent for any of these fonts.
 */
const glyphs: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{20000}-\u{3ffff}]/u, 1],
  [/\p{Extended_Pictographic}/u, 1.2],
  [/[ijl.,:;'|!·]/, 0.26],
  [/[ frt()[\]{}/\\"*-]/, 0.34],
  [/[mMW@%…—]/, 0.88],
  [/[w]/, 0.74],
  [/[A-Z]/, 0.66],
  [/\p{M}/u, 0],
];
const OTHER = 0.56;
const BOLD = 1.06;
const MONO = 0.602;

export interface Font {
  readonly size: number;
  readonly bold?: boolean;
  readonly mono?: boolean;
}

function glyphWidth(character: string, { bold = false, mono = false }: Font): number {
  const width = glyphs.find(([characters]) => characters.test(character))?.[1] ?? OTHER;
  if (mono) return width >= 1 ? width : width === 0 ? 0 : MONO;
  return bold ? width * BOLD : width;
}

/** Width of a text in pixels. */
export const textWidth = (text: string, font: Font): number =>
  [...text].reduce((sum, character) => sum + glyphWidth(character, font), 0) * font.size;

/** The text, truncated with an ellipsis if it does not fit. */
export function fitted(text: string, font: Font, room: number): string {
  if (textWidth(text, font) <= room) return text;
  let left = room - textWidth('…', font);
  let kept = '';
  for (const character of text) {
    left -= glyphWidth(character, font) * font.size;
    if (left < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Splits a text at possible line breaks: after spaces and hyphens, and around every Chinese character. */
const pieces =
  /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60][，。！？；：、）」”]*|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]+\s*|\s+/gu;

/** Wraps a text at width `room` into at most `most` lines; a longer text ends with an ellipsis. */
export function wrapped(text: string, font: Font, room: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/)) {
    let line = '';
    for (const piece of paragraph.match(pieces) ?? []) {
      if (line !== '' && textWidth((line + piece).trimEnd(), font) > room) {
        lines.push(line.trimEnd());
        line = '';
      }
      line += piece;
    }
    lines.push(line.trimEnd());
  }
  if (lines.length <= most) return lines.map((line) => fitted(line, font, room));
  return lines.slice(0, most).map((line, index) => fitted(index === most - 1 ? `${line} …` : line, font, room));
}
