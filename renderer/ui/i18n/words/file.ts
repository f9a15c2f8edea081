import type { Words } from '../words.ts';

export const file = {
  'file.untitled': { en: 'untitled', zh: '未命名' },
  'file.open': { en: 'Open…', zh: '打开…' },
  'file.export': { en: 'Export', zh: '导出' },
  'file.exportHint': {
    en: 'Export the trained network as an ONNX model or in another format',
    zh: '将训练好的网络导出为 ONNX 模型或其他格式',
  },
  'file.exportBlocked': { en: 'Fix the errors in the network to export it', zh: '修复网络中的错误后才能导出' },
  'file.unsaved': { en: 'unsaved changes', zh: '有未保存的更改' },
  'file.saved': { en: 'Saved {{path}}', zh: '已保存 {{path}}' },
  'file.savedCheckpoint': {
    en: 'The training engine is not running. The saved weights are those of step {{step}}, the last checkpoint.',
    zh: '训练引擎未运行。保存的权重来自最后一个检查点（第 {{step}} 步）。',
  },
  'file.savedOldWeights': {
    en: 'The training engine is not running. The saved weights are the last ones opened or saved.',
    zh: '训练引擎未运行。保存的权重为最近一次打开或保存时的权重。',
  },
  'file.savedNoWeights': {
    en: 'The training engine is not running. The network was saved without trained weights.',
    zh: '训练引擎未运行。已保存网络，不含训练好的权重。',
  },
  'file.exported': { en: 'Exported {{path}} ({{bytes}})', zh: '已导出 {{path}}（{{bytes}}）' },
  'file.exportedStep': {
    en: 'Exported {{path}} ({{bytes}}) with the weights of step {{step}}',
    zh: '已导出 {{path}}（{{bytes}}），使用第 {{step}} 步的权重',
  },
  'file.drop': { en: 'Drop to open', zh: '松开即可打开' },
  'file.importing': { en: 'Importing “{{name}}”', zh: '正在导入“{{name}}”' },
  'file.cancelImport': { en: 'Cancel', zh: '取消' },
  'opened.title.import': { en: 'Imported model', zh: '导入的模型' },
  'opened.title.sizes': { en: 'The model needs sizes', zh: '模型需要指定大小' },
  'opened.copy.sizes': {
    en: '“{{name}}” was not imported. It leaves sizes open: enter those that it expects.',
    zh: '未导入“{{name}}”。它有未确定的大小，请输入它所需要的大小。',
  },
  'opened.sizes': { en: 'Sizes that the model leaves open', zh: '模型未确定的大小' },
  'opened.sizesHint': {
    en: 'The network has these sizes. If your data has others, import the model again.',
    zh: '网络采用这些大小。如果你的数据大小不同，请重新导入模型。',
  },
  'opened.size': { en: 'Enter a whole number from 1 to 65,536.', zh: '请输入 1 到 65,536 的整数。' },
  'opened.again': { en: 'Import again', zh: '重新导入' },
  'opened.copy.import': {
    en: '“{{name}}” is a new network, with the weights of the model. The file is not changed.',
    zh: '“{{name}}”是一个新网络，带有模型的权重。原文件不会更改。',
  },
  'opened.title.damage': { en: 'Parts of the file could not be read', zh: '文件有部分内容无法读取' },
  'opened.copy.damage': {
    en: 'Parts of “{{name}}” could not be read, so it opened as a copy. The original file stays unchanged; saving asks for a new name.',
    zh: '“{{name}}”有部分内容无法读取，已作为副本打开。保存时需另取文件名，原文件不变。',
  },
} satisfies Words;
