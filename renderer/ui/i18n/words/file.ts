import type { Words } from '../words.ts';

export const file = {
  'file.untitled': { en: 'untitled', zh: '未命名' },
  'file.open': { en: 'Open…', zh: '打开…' },
  'file.export': { en: 'Export', zh: '导出' },
  'file.exportHint': { en: 'Export the trained network as ONNX', zh: '把训练好的网络导出为 ONNX' },
  'file.exportBlocked': { en: 'Export needs a network without errors', zh: '网络没有错误时才能导出' },
  'file.unsaved': { en: 'unsaved changes', zh: '有未保存的更改' },
  'file.saved': { en: 'Saved {{path}}', zh: '已保存 {{path}}' },
  'file.savedCheckpoint': {
    en: 'The engine is not running. The weights in the file are those of step {{step}}, the last checkpoint that was kept.',
    zh: '引擎未运行。文件中的权重来自第 {{step}} 步，即最后保留的检查点。',
  },
  'file.savedOldWeights': {
    en: 'The engine is not running. The weights in the file are those last opened or saved.',
    zh: '引擎未运行。文件中的权重为最近打开或保存时的权重。',
  },
  'file.savedNoWeights': {
    en: 'The engine is not running. The file has the drawing without trained weights.',
    zh: '引擎未运行。文件中只有网络图，没有训练好的权重。',
  },
  'file.exported': { en: 'Exported {{path}}', zh: '已导出 {{path}}' },
  'file.exportedStep': {
    en: 'Exported {{path}} with the weights of step {{step}}',
    zh: '已导出 {{path}}，采用第 {{step}} 步的权重',
  },
  'file.exportedUntrained': {
    en: 'Exported {{path}}. The network is untrained: its weights are initial random values',
    zh: '已导出 {{path}}。网络尚未训练：其权重为随机初始值',
  },
  'file.exportedPartly': {
    en: 'Exported {{path}}. Some weights are initial random values, since they were never trained: {{names}}',
    zh: '已导出 {{path}}。部分权重从未训练，仍为随机初始值：{{names}}',
  },
  'file.exportedDetail': {
    en: '{{bytes}} · {{ops}} · greatest difference to Netloom’s own results {{error}}',
    zh: '{{bytes}} · {{ops}} · 与 Netloom 自身结果的最大差异 {{error}}',
  },
  'file.drop': { en: 'Drop to open', zh: '松开即可打开' },
  'remarks.title': { en: 'Not everything could be read', zh: '有些内容无法读取' },
  'remarks.copy': {
    en: '“{{name}}” was opened as far as it could be read, as a copy: saving asks for a new name, so that the original stays as it is.',
    zh: '“{{name}}”已尽可能读取，并作为副本打开：保存时会询问新名称，原文件保持不变。',
  },
} satisfies Words;
