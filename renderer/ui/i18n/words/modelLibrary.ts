import type { Words } from '../words.ts';

export const modelLibrary = {
  'modelLibrary.title': { en: 'Model library', zh: '模型库' },
  'modelLibrary.open': { en: 'Model library…', zh: '模型库…' },
  'modelLibrary.search': { en: 'Search by name, dataset or folder', zh: '按名称、数据集或文件夹搜索' },
  'modelLibrary.sort': { en: 'Sort by', zh: '排序' },
  'modelLibrary.sort.newest': { en: 'Newest', zh: '最新' },
  'modelLibrary.sort.name': { en: 'Name', zh: '名称' },
  'modelLibrary.sort.best': { en: 'Best result', zh: '最佳结果' },
  'modelLibrary.shipped': { en: 'Pretrained, included in Netloom', zh: 'Netloom 自带的预训练网络' },
  'modelLibrary.runs': { en: 'Best weights of own runs', zh: '自己的训练的最佳权重' },
  'modelLibrary.imported': { en: 'Imported files', zh: '导入的文件' },
  'modelLibrary.noRuns': {
    en: 'No run has a validated epoch yet. Train a network, and its best weights appear here.',
    zh: '还没有经过验证的训练。训练网络后，其最佳权重会出现在这里。',
  },
  'modelLibrary.noImported': {
    en: 'Open an ONNX model with File > Open, or drop it on the window, and it appears here.',
    zh: '通过“文件 > 打开”打开 ONNX 模型，或将其拖到窗口上，它就会出现在这里。',
  },
  'modelLibrary.nothing': { en: 'No results. Try a shorter word.', zh: '没有结果。请试试更短的词。' },
  'modelLibrary.startOf': { en: 'Use “{{name}}” as start weights', zh: '将“{{name}}”用作初始权重' },
  'modelLibrary.startHint': {
    en: 'Starts the open network from the best weights of this run; a table shows which fit',
    zh: '使打开的网络从此次训练的最佳权重开始；表中列出哪些权重适用',
  },
  'modelLibrary.accuracy': { en: 'accuracy {{value}}', zh: '精度 {{value}}' },
  'modelLibrary.loss': { en: 'loss {{value}}', zh: '损失 {{value}}' },
  'modelLibrary.params': { en: '{{count}} parameters', zh: '{{count}} 个参数' },
  'modelLibrary.noCheckpoint': {
    en: 'No checkpoint of this run is kept, so there are no weights to open.',
    zh: '此次训练没有保留检查点，因此没有可打开的权重。',
  },
  'modelLibrary.lastInstead': {
    en: 'The checkpoint of the best epoch is no longer kept. The last one was opened.',
    zh: '最佳一轮的检查点已不再保留，已打开最后一个检查点。',
  },
} satisfies Words;
