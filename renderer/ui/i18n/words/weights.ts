import type { Words } from '../words.ts';

export const weights = {
  'weights.tab': { en: 'Weights', zh: '权重' },
  'weights.title': { en: 'Parameters and buffers', zh: '参数与缓冲区' },
  'weights.errors': {
    en: 'Fix the errors in the network to see its weights here.',
    zh: '修复网络中的错误后，这里会显示权重。',
  },
  'weights.asking': { en: 'Computing the statistics of the weights…', zh: '正在统计权重…' },
  'weights.none': { en: 'No layer of this network has weights.', zh: '此网络的各层均无权重。' },
  'weights.filter': { en: 'Filter by name or layer', zh: '按名称或层筛选' },
  'weights.compare': { en: 'Compare with', zh: '比较对象' },
  'weights.start': { en: 'Start of this run', zh: '此次训练的起点' },
  'weights.count': {
    en: '{{count}} {{count, tensor|tensors}}, {{values}} values',
    zh: '{{count}} 个张量，{{values}} 个值',
  },
  'weights.untrained': { en: 'Not all weights are trained', zh: '并非所有权重都已训练' },
  'weights.saveCsv': { en: 'Save table as CSV', zh: '将表格保存为 CSV' },
  'weights.type': { en: '{{type}}, {{count}} {{count, value|values}}', zh: '{{type}}，{{count}} 个值' },
  'weights.frozen': { en: 'frozen', zh: '已冻结' },
  'weights.broken': { en: '{{count}} NaN/∞', zh: '{{count}} 个 NaN/∞' },
  'weights.name': { en: 'Name', zh: '名称' },
  'weights.layer': { en: 'Layer', zh: '层' },
  'weights.dtype': { en: 'Type', zh: '类型' },
  'weights.shape': { en: 'Shape', zh: '形状' },
  'weights.elements': { en: 'Values', zh: '值的个数' },
  'weights.min': { en: 'Min', zh: '最小值' },
  'weights.max': { en: 'Max', zh: '最大值' },
  'weights.std': { en: 'Std. dev.', zh: '标准差' },
  'weights.norm': { en: 'Norm', zh: '范数' },
  'weights.moved': { en: 'Change', zh: '变化' },
} satisfies Words;
