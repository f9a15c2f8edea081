/** Columns of a line. */
const WIDTH = 120;

/** A call: its callee and the texts of its arguments. */
export interface CallText {
  readonly callee: string;
  readonly args: readonly string[];
}

export const oneLine = ({ callee, args }: CallText): string => `${callee}(${args.join(', ')})`;

/** A line with a call, or one line per argument where it is too long. */
export function wrapped(before: string, call: CallText, after: string): string {
  const line = `${before}${oneLine(call)}${after}\n`;
  if (line.length <= WIDTH + 1) return line;
  const indent = ' '.repeat(before.length - before.trimStart().length);
  const args = call.args.map((arg) => `${indent}    ${arg},\n`);
  return `${before}${call.callee}(\n${args.join('')}${indent})${after}\n`;
}
