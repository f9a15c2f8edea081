import type { Text } from '../src/text.ts';
import type { Damaged } from './recovery.ts';

const en = {
  save: 'Save',
  networks: 'Netloom networks',
  blocks: 'Netloom blocks',
  allFiles: 'All files',
  discard: 'Don’t Save',
  cancel: 'Cancel',
  unsavedQuestion: (name: string) => `Save the changes to “${name}”?`,
  unsavedDetail: 'Without saving, the changes to the drawing and the trained weights are lost.',
  samplesQuestion: (data: string) => `Put two samples of “${data}” into the model?`,
  samplesDetail:
    'Others can then test on them that their program computes the same, and see by a hash (SHA-256) which data it was trained on. Without samples the test is on random numbers, and none of your data is in the file.',
  samplesOut: 'Without samples',
  samplesIn: 'With two samples',
  changedQuestion: (name: string) => `“${name}” was changed by another program since it was opened. Overwrite it?`,
  changedDetail: 'What the other program wrote would be lost.',
  hungQuestion: (name: string) => `The window of “${name}” does not respond.`,
  hungDetail: 'Loading it again brings the drawing back as it was when it last responded. Training goes on meanwhile.',
  hungClose: (name: string) => `The window of “${name}” does not respond, so nothing can be saved now.`,
  hungCloseDetail:
    'The drawing is kept as it was when the window last responded, and is offered when Netloom starts again.',
  wait: 'Wait',
  loadAgain: 'Load Again',
  closeAndKeep: 'Close and Keep the Work',
  failsQuestion: (times: number) => `The window failed ${times} times in a row.`,
  failsDetail:
    'Unsaved work is kept and is offered when Netloom starts again. Other windows are not affected. If loading again does not help, start the computer again or install Netloom anew.',
  closeWindow: 'Close the Window',
  cameraQuestion: 'Use the camera in this window?',
  cameraDetail: 'The network predicts what the camera sees. Images stay on this machine and are not kept.',
  useCamera: 'Use the Camera',
  overwrite: 'Overwrite',
  saveAs: 'Save As…',
  noRecent: 'No recent files',
  missing: (name: string) => `${name} (missing)`,
  forgetMissing: 'Remove Missing Files',
  forgetAll: 'Clear list',
};

const zh: typeof en = {
  save: '保存',
  networks: 'Netloom 网络',
  blocks: 'Netloom 块',
  allFiles: '所有文件',
  discard: '不保存',
  cancel: '取消',
  unsavedQuestion: (name) => `要保存对“${name}”的更改吗？`,
  unsavedDetail: '如果不保存，对网络图的更改和训练好的权重将会丢失。',
  samplesQuestion: (data) => `把“${data}”的两个样本写入模型吗？`,
  samplesDetail:
    '他人可以用它们验证自己的程序计算是否一致，并通过哈希值（SHA-256）核对训练数据。不写入样本时，验证改用随机数，文件中没有你的数据。',
  samplesOut: '不含样本',
  samplesIn: '写入两个样本',
  changedQuestion: (name) => `“${name}”在打开之后被其他程序修改过。要覆盖它吗？`,
  changedDetail: '覆盖后，其他程序写入的内容将会丢失。',
  hungQuestion: (name) => `“${name}”的窗口没有响应。`,
  hungDetail: '重新加载后，网络图会恢复到窗口最后一次响应时的状态。训练会继续进行。',
  hungClose: (name) => `“${name}”的窗口没有响应，现在无法保存。`,
  hungCloseDetail: '网络图已按窗口最后一次响应时的状态保留，下次启动 Netloom 时可以恢复。',
  wait: '等待',
  loadAgain: '重新加载',
  closeAndKeep: '关闭并保留工作',
  failsQuestion: (times) => `窗口已连续 ${times} 次出现故障。`,
  failsDetail:
    '未保存的工作已保留，下次启动 Netloom 时可以恢复。其他窗口不受影响。如果重新加载没有作用，请重启计算机或重新安装 Netloom。',
  closeWindow: '关闭窗口',
  cameraQuestion: '要在此窗口中使用摄像头吗？',
  cameraDetail: '网络会对摄像头看到的图像做出预测。图像只留在本机，不会保存。',
  useCamera: '使用摄像头',
  overwrite: '覆盖',
  saveAs: '另存为…',
  noRecent: '没有最近的文件',
  missing: (name) => `${name}（已丢失）`,
  forgetMissing: '移除已丢失的文件',
  forgetAll: '清空列表',
};

/** The words of main's own dialogs, and the messages it sends to the window. */
export const texts = {
  en,
  zh,
  couldNotOpen: (name: string, reason: Text): Text => ({
    en: `'${name}' could not be read: ${reason.en}. The network on the canvas is unchanged.`,
    zh: `无法读取“${name}”：${reason.zh}。画布上的网络没有改变。`,
  }),
  couldNotOpenRun: (reason: Text): Text => ({
    en: `The run could not be opened: ${reason.en} The network on the canvas is unchanged.`,
    zh: `无法打开此次训练：${reason.zh}画布上的网络没有改变。`,
  }),
  couldNotSave: (name: string, reason: Text): Text => ({
    en: `'${name}' could not be saved: ${reason.en}. The file is as it was before; try another folder (Save As).`,
    zh: `无法保存“${name}”：${reason.zh}。原文件没有改变；请换一个文件夹（另存为）。`,
  }),
  couldNotExport: (name: string, reason: Text): Text => ({
    en: `'${name}' could not be exported: ${reason.en}. Nothing was written; try another folder.`,
    zh: `无法导出“${name}”：${reason.zh}。没有写入任何内容；请换一个文件夹。`,
  }),
  couldNotWrite: (name: string, reason: Text): Text => ({
    en: `'${name}' could not be written: ${reason.en}. What was there before is unchanged; try another folder.`,
    zh: `无法写入“${name}”：${reason.zh}。原有文件没有改变；请换一个文件夹。`,
  }),
  couldNotImport: (name: string, reason: Text): Text => ({
    en: `'${name}' could not be read: ${reason.en}. Your blocks are unchanged.`,
    zh: `无法读取“${name}”：${reason.zh}。你的块没有改变。`,
  }),
  libraryNotChanged: (reason: Text): Text => ({
    en: `Your blocks could not be changed: ${reason.en}. Export the block to a file instead.`,
    zh: `无法更改你的块：${reason.zh}。请改为把块导出到文件。`,
  }),
  openElsewhere: (name: string): Text => ({
    en: `'${name}' is open in another window. Save under another name, or close it there first.`,
    zh: `“${name}”已在另一个窗口中打开。请换一个名称保存，或先在那个窗口中关闭它。`,
  }),
  weightsAside: ({ file, reason }: Damaged): Text => ({
    en: `The trained weights of this unsaved work could not be read: ${reason.en}. They were moved to ${file}; the drawing can be restored.`,
    zh: `无法读取这项未保存工作的训练权重：${reason.zh}。权重已移到 ${file}；网络图可以恢复。`,
  }),
  fileUnread: (file: string): Text => ({
    en: `The drawing was restored without trained weights: ${file} could not be read.`,
    zh: `已恢复网络图，但没有训练权重：无法读取 ${file}。`,
  }),
  pageFailed: {
    en: 'The window failed and was loaded again. The drawing is as it was a moment before; weights and training were not touched.',
    zh: '窗口出现故障，现已重新加载。网络图恢复到故障前片刻的状态；权重和训练未受影响。',
  } satisfies Text,
  setAside: {
    en: 'The window failed several times in a row, so it was loaded without a network, and training was stopped. Unsaved work is kept under “Unsaved work”: restore it there.',
    zh: '窗口连续多次出现故障，因此已在不打开网络的情况下重新加载，训练也已停止。未保存的工作保留在“未保存的工作”中，可在那里恢复。',
  } satisfies Text,
  replacedMeanwhile: {
    en: 'another network was opened in this window meanwhile',
    zh: '期间此窗口打开了另一个网络',
  } satisfies Text,
  openedMeanwhile: {
    en: 'Another network was opened meanwhile. Open this one again.',
    zh: '期间打开了另一个网络。请重新打开此网络。',
  } satisfies Text,
  noFile: {
    en: 'What was dropped is not a file on this machine. Save it first, and drop the file.',
    zh: '拖入的内容不是本机上的文件。请先保存，再拖入文件。',
  } satisfies Text,
  lostIsGone: {
    en: 'The lost changes are not there any more: another window has restored or discarded them.',
    zh: '丢失的更改已不存在：另一个窗口已恢复或放弃了它们。',
  } satisfies Text,
};
