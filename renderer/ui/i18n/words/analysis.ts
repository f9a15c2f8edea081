import type { Words } from '../words.ts';

export const analysis = {
  'analysis.title': { en: 'Cost of every layer', zh: '各层开销' },
  'analysis.name': { en: 'Name', zh: '名称' },
  'analysis.kind': { en: 'Layer', zh: '层' },
  'analysis.shape': { en: 'Output', zh: '输出形状' },
  'analysis.trainable': { en: 'Trainable', zh: '可训练参数' },
  'analysis.frozen': { en: 'Frozen', zh: '冻结参数' },
  'analysis.macs': { en: 'Multiply-adds', zh: '乘加次数' },
  'analysis.activation': { en: 'Output memory', zh: '输出内存' },
  'analysis.activationOf': { en: 'Outputs × {{batch}}', zh: '输出内存 × {{batch}}' },
  'analysis.activationBytes': {
    en: 'Output memory of {{batch}} samples (bytes)',
    zh: '{{batch}} 个样本的输出内存（字节）',
  },
  'analysis.outputSum': {
    en: 'Sum over all layers. Training reuses memory of outputs that are no longer needed: see “Training peak”.',
    zh: '各层输出之和。训练时会复用不再需要的输出内存，实际峰值见“训练内存峰值”。',
  },
  'analysis.total': { en: 'Total', zh: '合计' },
  'analysis.layers': { en: '{{count}} {{count, layer|layers}}', zh: '{{count}} 层' },
  'analysis.exact': { en: '{{count}} a sample', zh: '每样本 {{count}} 次' },
  'analysis.filter': { en: 'Filter layers', zh: '筛选层' },
  'analysis.batch': { en: 'Batch', zh: '批量大小' },
  'analysis.csv': { en: 'CSV…', zh: 'CSV…' },
  'analysis.saveCsv': { en: 'Save the table as CSV', zh: '把表格导出为 CSV' },
  'analysis.saved': { en: 'The table is in {{path}}.', zh: '表格已保存到 {{path}}。' },
  'analysis.training': { en: 'Training peak', zh: '训练内存峰值' },
  'analysis.inference': { en: 'Inference peak', zh: '推理内存峰值' },
  'analysis.step': { en: 'Step', zh: '每步' },
  'analysis.estimated': {
    en: 'Estimated from the tensors of the compiled step.',
    zh: '根据编译后训练步的张量估算。',
  },
  'analysis.parts': {
    en: 'Estimated from the tensors of the compiled program: parameters {{parameters}}, optimizer {{state}}, batch {{data}}, results that are live at once {{live}} (at {{at}}). The runtime itself needs more.',
    zh: '根据编译后程序的张量估算：参数 {{parameters}}，优化器状态 {{state}}，批量数据 {{data}}，同时存活的中间结果 {{live}}（在 {{at}} 处）。运行时本身还需更多内存。',
  },
  'analysis.measured': { en: '{{time}} (measured)', zh: '{{time}}（实测）' },
  'analysis.predicted': { en: '≈ {{time}} (predicted)', zh: '≈ {{time}}（预测）' },
  'analysis.notMeasured': { en: 'known after a first run', zh: '首次训练后可知' },
} satisfies Words;
