import type { Words } from '../words.ts';

export const analysis = {
  'analysis.title': { en: 'Cost per layer', zh: '各层开销' },
  'analysis.name': { en: 'Name', zh: '名称' },
  'analysis.kind': { en: 'Layer', zh: '层' },
  'analysis.shape': { en: 'Output', zh: '输出形状' },
  'analysis.trainable': { en: 'Trainable', zh: '可训练参数' },
  'analysis.frozen': { en: 'Frozen', zh: '冻结参数' },
  'analysis.macs': { en: 'MACs', zh: '乘加次数' },
  'analysis.activation': { en: 'Activation memory', zh: '激活内存' },
  'analysis.activationOf': { en: 'Activation memory × {{batch}}', zh: '激活内存 × {{batch}}' },
  'analysis.activationBytes': {
    en: 'Activation memory for {{batch}} samples (bytes)',
    zh: '{{batch}} 个样本的激活内存（字节）',
  },
  'analysis.outputSum': {
    en: 'Sum over all layers. Training reuses the memory of outputs that are no longer needed: see “Peak memory (training)”.',
    zh: '各层输出之和。训练时会复用不再需要的输出内存，实际峰值见“训练内存峰值”。',
  },
  'analysis.total': { en: 'Total', zh: '合计' },
  'analysis.layers': { en: '{{count}} {{count, layer|layers}}', zh: '{{count}} 层' },
  'analysis.exact': { en: '{{count}} per sample', zh: '每个样本 {{count}} 次' },
  'analysis.filter': { en: 'Filter layers', zh: '筛选层' },
  'analysis.batch': { en: 'Batch size', zh: '批量大小' },
  'analysis.csv': { en: 'CSV…', zh: 'CSV…' },
  'analysis.saveCsv': { en: 'Export the table as CSV', zh: '将表格导出为 CSV' },
  'analysis.saved': { en: 'Exported the table to {{path}}', zh: '表格已导出到 {{path}}' },
  'analysis.training': { en: 'Peak memory (training)', zh: '训练内存峰值' },
  'analysis.inference': { en: 'Peak memory (inference)', zh: '推理内存峰值' },
  'analysis.step': { en: 'Time per step', zh: '每步用时' },
  'analysis.estimated': {
    en: 'Estimated from the tensors of the compiled training step',
    zh: '根据编译后训练步的张量估算',
  },
  'analysis.parts': {
    en: 'Estimated from the tensors of the compiled program: parameters {{parameters}}, optimizer state {{state}}, batch data {{data}}, intermediate results {{live}} at the peak (at {{at}}). The runtime itself needs additional memory.',
    zh: '根据编译后程序的张量估算：参数 {{parameters}}，优化器状态 {{state}}，批量数据 {{data}}，峰值处的中间结果 {{live}}（位于 {{at}}）。运行时本身还需额外内存。',
  },
  'analysis.measured': { en: '{{time}} (measured)', zh: '{{time}}（实测）' },
  'analysis.predicted': { en: '≈ {{time}} (estimated)', zh: '≈ {{time}}（估算）' },
  'analysis.notMeasured': { en: 'known after the first run', zh: '首次训练后可知' },
} satisfies Words;
