import { type Text, UserError } from '../text.ts';

/** What the user is told about a failed request. */
export function failureText(error: unknown): Text {
  if (error instanceof UserError) return error.text;
  const { text } = error as { text?: Text };
  if (text !== undefined) return text;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    en: `Netloom failed: ${reason}. This is a fault of Netloom's own: please report it with the network.`,
    zh: `Netloom 内部出错：${reason}。这是 Netloom 自身的问题，请附上网络报告。`,
  };
}
