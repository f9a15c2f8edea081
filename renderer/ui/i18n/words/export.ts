import type { Words } from '../words.ts';

export const exporting = {
  'export.title': { en: 'Export ONNX', zh: '导出 ONNX' },
  'export.untrained': {
    en: 'This network has not been trained: the file will have random initial weights.',
    zh: '此网络尚未训练：文件中将是随机的初始权重。',
  },
  'export.opset': { en: 'ONNX opset', zh: 'ONNX opset' },
  'export.usual': { en: '{{opset}} (usual)', zh: '{{opset}}（常用）' },
  'export.opsetHint': {
    en: 'Version of the ONNX operators. A lower one runs in older programs.',
    zh: 'ONNX 算子的版本。较低的版本可用于较旧的程序。',
  },
  'export.fold': { en: 'Fold batch norm into the layer before it', zh: '将批量规范化合并到前一层' },
  'export.foldHint': {
    en: 'The same predictions from fewer operators. The file can no longer be trained further.',
    zh: '预测结果相同，算子更少；合并后的文件不能继续训练。',
  },
  'export.go': { en: 'Save ONNX file…', zh: '保存 ONNX 文件…' },
  'export.busy': { en: 'Writing and verifying the file…', zh: '正在写入并校验文件…' },
} satisfies Words;
