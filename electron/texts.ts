import type { Text } from '../src/text.ts';

const en = {
  save: 'Save',
  networks: 'Netloom networks',
  allFiles: 'All files',
  discard: 'Don’t Save',
  cancel: 'Cancel',
  unsavedQuestion: (name: string) => `Save the changes to “${name}”?`,
  unsavedDetail: 'Without saving, the changes to the drawing and the trained weights are lost.',
};

const zh: typeof en = {
  save: '保存',
  networks: 'Netloom 网络',
  allFiles: '所有文件',
  discard: '不保存',
  cancel: '取消',
  unsavedQuestion: (name) => `要保存对“${name}”的更改吗？`,
  unsavedDetail: '如果不保存，对网络图的更改和训练好的权重将会丢失。',
};

/** The words of main's own dialogs, and the messages it sends to the window. */
export const texts = {
  en,
  zh,
  couldNotOpen: (name: string, reason: string): Text => ({
    en: `'${name}' could not be read: ${reason}. The network on the canvas is unchanged.`,
    zh: `无法读取“${name}”：${reason}。画布上的网络没有改变。`,
  }),
  couldNotSave: (name: string, reason: string): Text => ({
    en: `'${name}' could not be saved: ${reason}. The file is as it was before; try another folder (Save As).`,
    zh: `无法保存“${name}”：${reason}。原文件没有改变；请换一个文件夹（另存为）。`,
  }),
  couldNotExport: (name: string, reason: string): Text => ({
    en: `'${name}' could not be exported: ${reason}. Nothing was written; try another folder.`,
    zh: `无法导出“${name}”：${reason}。没有写入任何内容；请换一个文件夹。`,
  }),
  couldNotWrite: (name: string, reason: string): Text => ({
    en: `'${name}' could not be written: ${reason}. What was there before is unchanged; try another folder.`,
    zh: `无法写入“${name}”：${reason}。原有文件没有改变；请换一个文件夹。`,
  }),
};
