import type { Text } from '../src/text.ts';
import type { DamagedWork } from './recovery.ts';

const en = {
  save: 'Save',
  networks: 'Netloom networks',
  blocks: 'Netloom blocks',
  data: 'Datasets',
  weights: 'Weights',
  allFiles: 'All files',
  discard: 'Don’t Save',
  cancel: 'Cancel',
  unsavedQuestion: (name: string) => `Save the changes to “${name}”?`,
  unsavedDetail: 'If you do not save, your changes to the network and the trained weights will be lost.',
  changedQuestion: (name: string) => `“${name}” was changed by another program. Overwrite it?`,
  changedDetail: 'The other program’s changes will be lost.',
  hungQuestion: (name: string) => `The window of “${name}” is not responding.`,
  hungDetail: 'Reloading restores the network as of the last response. Training continues.',
  hungClose: (name: string) => `The window of “${name}” is not responding, so nothing can be saved now.`,
  hungCloseDetail: 'The network is kept as of the last response, and you can restore it the next time Netloom starts.',
  wait: 'Wait',
  loadAgain: 'Reload',
  closeAndKeep: 'Close and keep work',
  failsQuestion: (times: number) => `The window failed ${times} times in a row.`,
  failsDetail:
    'Unsaved work is kept, and you can restore it the next time Netloom starts. Other windows are not affected. If reloading does not help, restart the computer or reinstall Netloom.',
  closeWindow: 'Close window',
  cameraQuestion: 'Use the camera in this window?',
  cameraDetail:
    'The network makes predictions for the camera images. The images stay on this computer and are not stored.',
  useCamera: 'Use camera',
  overwrite: 'Overwrite',
  saveAs: 'Save as…',
  noRecent: 'No recent files',
  missing: (name: string) => `${name} (missing)`,
  forgetMissing: 'Remove missing files',
  forgetAll: 'Clear list',
};

const zh: typeof en = {
  save: '保存',
  networks: 'Netloom 网络',
  blocks: 'Netloom 块',
  data: '数据集',
  weights: '权重',
  allFiles: '所有文件',
  discard: '不保存',
  cancel: '取消',
  unsavedQuestion: (name) => `要保存对“${name}”的更改吗？`,
  unsavedDetail: '如果不保存，对网络的更改和训练好的权重将会丢失。',
  changedQuestion: (name) => `“${name}”已被其他程序修改。要覆盖吗？`,
  changedDetail: '其他程序所做的修改将会丢失。',
  hungQuestion: (name) => `“${name}”的窗口无响应。`,
  hungDetail: '重新加载会将网络恢复到窗口最后一次响应时的状态。训练不受影响。',
  hungClose: (name) => `“${name}”的窗口无响应，现在无法保存。`,
  hungCloseDetail: '网络已按窗口最后一次响应时的状态保留，下次启动 Netloom 时可以恢复。',
  wait: '等待',
  loadAgain: '重新加载',
  closeAndKeep: '关闭并保留工作',
  failsQuestion: (times) => `窗口已连续 ${times} 次出现故障。`,
  failsDetail:
    '未保存的工作已保留，下次启动 Netloom 时可以恢复。其他窗口不受影响。如果重新加载无效，请重启电脑或重新安装 Netloom。',
  closeWindow: '关闭窗口',
  cameraQuestion: '要在此窗口中使用摄像头吗？',
  cameraDetail: '网络会对摄像头图像进行预测。图像只在本机处理，不会保存。',
  useCamera: '使用摄像头',
  overwrite: '覆盖',
  saveAs: '另存为…',
  noRecent: '无最近文件',
  missing: (name) => `${name}（已丢失）`,
  forgetMissing: '移除已丢失的文件',
  forgetAll: '清空列表',
};

/** Texts of the dialogs of the main process, and messages that it sends to the window. */
export const texts = {
  en,
  zh,
  couldNotOpen: (name: string, reason: Text): Text => ({
    en: `“${name}” could not be read: ${reason.en}. The network on the canvas is unchanged.`,
    zh: `无法读取“${name}”：${reason.zh}。画布上的网络未被更改。`,
  }),
  couldNotOpenRun: (reason: Text): Text => ({
    en: `The run could not be opened: ${reason.en} The network on the canvas is unchanged.`,
    zh: `无法打开此次训练：${reason.zh}画布上的网络未被更改。`,
  }),
  couldNotSave: (name: string, reason: Text): Text => ({
    en: `“${name}” could not be saved: ${reason.en}. An existing file is unchanged. Try another folder (Save as).`,
    zh: `无法保存“${name}”：${reason.zh}。原文件未被更改。请换一个文件夹（另存为）。`,
  }),
  couldNotExport: (name: string, reason: Text): Text => ({
    en: `“${name}” could not be exported: ${reason.en}. No file was written. Try another folder.`,
    zh: `无法导出“${name}”：${reason.zh}。未写入任何文件。请换一个文件夹。`,
  }),
  couldNotWrite: (name: string, reason: Text): Text => ({
    en: `“${name}” could not be written: ${reason.en}. An existing file is unchanged. Try another folder.`,
    zh: `无法写入“${name}”：${reason.zh}。原有文件未被更改。请换一个文件夹。`,
  }),
  couldNotImport: (name: string, reason: Text): Text => ({
    en: `“${name}” could not be read: ${reason.en}. Your blocks are unchanged.`,
    zh: `无法读取“${name}”：${reason.zh}。你的块未被更改。`,
  }),
  libraryNotChanged: (reason: Text): Text => ({
    en: `Your blocks could not be changed: ${reason.en}. Export the block to a file instead.`,
    zh: `无法更改你的块：${reason.zh}。请改为将块导出到文件。`,
  }),
  openElsewhere: (name: string): Text => ({
    en: `“${name}” is open in another window. Save it under another name, or close it there first.`,
    zh: `“${name}”已在另一个窗口中打开。请换一个名称保存，或先关闭那个窗口中的文件。`,
  }),
  weightsAside: ({ file, reason }: DamagedWork): Text => ({
    en: `The trained weights of this unsaved work could not be read: ${reason.en}. They were moved to ${file}. The network can be restored.`,
    zh: `无法读取这项未保存工作的训练权重：${reason.zh}。权重已移到 ${file}。网络可以恢复。`,
  }),
  fileUnread: (file: string): Text => ({
    en: `The network was restored without trained weights, because ${file} could not be read.`,
    zh: `已恢复网络，但不含训练好的权重，因为无法读取 ${file}。`,
  }),
  pageFailed: {
    en: 'The window failed and was reloaded. The network was restored to its state shortly before the failure. Weights and training are not affected.',
    zh: '窗口出现故障，现已重新加载。网络已恢复到故障前不久的状态。权重和训练不受影响。',
  } satisfies Text,
  setAside: {
    en: 'The window failed several times in a row. It was reloaded without a network, and training was stopped. You can restore your work under “Unsaved work”.',
    zh: '窗口连续多次出现故障，现已重新加载且未打开网络，训练已停止。可在“未保存的工作”中恢复你的工作。',
  } satisfies Text,
  replacedMeanwhile: {
    en: 'another network was opened in this window in the meantime',
    zh: '此窗口在此期间打开了另一个网络',
  } satisfies Text,
  openedMeanwhile: {
    en: 'Another network was opened in the meantime. Open this one again.',
    zh: '在此期间打开了另一个网络。请重新打开此网络。',
  } satisfies Text,
  noFile: {
    en: 'Only files on this computer can be dropped here. Save the item to disk, then drop the file.',
    zh: '只能拖入本机上的文件。请先将其保存到磁盘，再拖入文件。',
  } satisfies Text,
  lostIsGone: {
    en: 'This unsaved work no longer exists, because another window restored or discarded it.',
    zh: '这项未保存的工作已不存在：另一个窗口已将其恢复或放弃。',
  } satisfies Text,
};
