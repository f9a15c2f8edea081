import type { Words } from '../words.ts';

export const exporting = {
  'export.title': { en: 'Export network', zh: '导出网络' },
  'export.format': { en: 'Format', zh: '格式' },
  'export.untrained': {
    en: 'This network is not trained: the export will contain random initial weights.',
    zh: '此网络尚未训练：导出内容将包含随机初始权重。',
  },
  'export.opset': { en: 'ONNX opset', zh: 'ONNX opset' },
  'export.automatic': { en: 'automatic', zh: '自动' },
  'export.automaticOpset': { en: 'automatic ({{opset}})', zh: '自动（{{opset}}）' },
  'export.opsetHint': {
    en: 'Version of the ONNX operators. Older programs need a lower version.',
    zh: 'ONNX 算子的版本。较旧的程序需要较低的版本。',
  },
  'export.fold': { en: 'Fold batch norm into the preceding layer', zh: '将批量规范化合并到前一层' },
  'export.foldHint': {
    en: 'Same predictions with fewer operators. The exported file can no longer be trained.',
    zh: '预测结果相同，算子更少；导出的文件不能再训练。',
  },
  'export.preprocessing': { en: 'Include the preprocessing', zh: '包含预处理' },
  'export.preprocessingInput': {
    en: 'The model takes data as files have it: {{inputs}}.',
    zh: '模型直接使用文件中的数据：{{inputs}}。',
  },
  'export.float16': { en: 'Store weights as float16', zh: '以 float16 存储权重' },
  'export.float16Hint': {
    en: 'Half the size; computation stays float32. The change of the outputs is measured during the export.',
    zh: '大小减半，计算仍为 float32。导出时会测量输出的变化。',
  },
  'export.external': { en: 'Write the weights to a second file', zh: '将权重写入第二个文件' },
  'export.externalHint': {
    en: 'It belongs to the model and has to stay in its folder. Models over 2 GB need it.',
    zh: '该文件属于模型，须与模型放在同一文件夹。超过 2 GB 的模型必须如此。',
  },
  'export.samples': { en: 'Include two samples of “{{data}}”', zh: '包含“{{data}}”的两个样本' },
  'export.samplesHint': {
    en: 'Others can then verify their outputs, and a hash identifies the dataset. Otherwise, the file contains none of your data.',
    zh: '其他人可据此校验输出，哈希值标识数据集。否则文件中不含你的任何数据。',
  },
  'export.content': { en: 'Also in the file', zh: '文件中还有' },
  'export.publicSamples': { en: 'two samples of the dataset, to verify outputs', zh: '数据集的两个样本，用于校验输出' },
  'export.classes': { en: 'class names: {{names}}', zh: '类别名称：{{names}}' },
  'export.moreClasses': { en: 'class names ({{all}}): {{names}}…', zh: '类别名称（{{all}} 个）：{{names}}…' },
  'export.noClasses': { en: 'no class names, because the dataset has none', zh: '没有类别名称，因为数据集未提供' },
  'export.weights': { en: 'weights: {{bytes}}', zh: '权重：{{bytes}}' },
  'export.go': { en: 'Export {{format}}…', zh: '导出 {{format}}…' },
  'export.part.data': { en: 'Reading the data…', zh: '正在读取数据…' },
  'export.part.reference': { en: 'Computing outputs to compare with…', zh: '正在计算用于对照的输出…' },
  'export.part.write': { en: 'Creating the model…', zh: '正在生成模型…' },
  'export.part.verify': { en: 'Verifying the model…', zh: '正在校验模型…' },
  'export.busy': { en: 'Exporting…', zh: '正在导出…' },
  'export.cancel': { en: 'Cancel export', zh: '取消导出' },
} satisfies Words;
