import { type Text, UserError } from '../text.ts';

/** The message of a file that cannot be imported. `reason`: a sentence without its full stop. */
export const cannotImport = (name: string, { en, zh }: Text): UserError =>
  new UserError({ en: `“${name}” cannot be opened: ${en}.`, zh: `无法打开“${name}”：${zh}。` });
