import type { Words } from '../words.ts';

export const exporting = {
  'export.title': { en: 'Export ONNX', zh: '导出 ONNX' },
  'export.untrained': {
    en: 'This network is not trained: the file will contain random initial weights.',
    zh: '此网络尚未训练：文件将包含随机初始权重。',
  },
  'export.opset': { en: 'ONNX opset', zh: 'ONNX opset' },
  'export.usual': { en: '{{opset}} (default)', zh: '{{opset}}（默认）' },
  'export.opsetHint': {
    en: 'Version of the ONNX operators. Older programs need a lower version.',
    zh: 'ONNX 算子的版本。较旧的程序需要较低的版本。',
  },
  'export.fold': { en: 'Fold batch norm into the preceding layer', zh: '将批量规范化合并到前一层' },
  'export.foldHint': {
    en: 'Same predictions with fewer operators. The exported file can no longer be trained.',
    zh: '预测结果相同，算子更少；导出的文件不能再训练。',
  },
  'export.go': { en: 'Export ONNX file…', zh: '导出 ONNX 文件…' },
  'export.busy': { en: 'Writing and verifying the file…', zh: '正在写入并校验文件…' },
} satisfies Words;
