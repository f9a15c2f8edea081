import { type Text, UserError } from '../text.ts';

/** Message to the user about a failed request. */
export function failureText(error: unknown): Text {
  if (error instanceof UserError) return error.text;
  const { text } = error as { text?: Text };
  if (text !== undefined) return text;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    en: `Netloom failed: ${reason}. This is a bug in Netloom. Please report it and attach the network.`,
    zh: `Netloom 内部出错：${reason}。这是 Netloom 的缺陷，请报告此问题并附上网络。`,
  };
}
