import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';

type Question = Pick<MessageBoxOptions, 'type' | 'message' | 'detail' | 'buttons'> & { readonly buttons: string[] };

/** The index of the button chosen. Enter chooses the first button, Escape the last. */
export async function ask(window: BrowserWindow, question: Question): Promise<number> {
  const cancelId = question.buttons.length - 1;
  return (await dialog.showMessageBox(window, { ...question, defaultId: 0, cancelId, noLink: true })).response;
}
