import { settingLabels as labels } from '../../../../src/graph/settingLabels.ts';
import type { Words } from '../words.ts';

export const fineTuning = {
  'fineTuning.title': { en: 'Fine-tuning', zh: '微调' },
  'fineTuning.start': labels.start,
  'fineTuning.startHint': {
    en: 'Initial weights of a new run. Current: the weights that the network has; layers without fitting weights start from random ones.',
    zh: '新的训练的初始权重。现有权重：采用网络已有的权重，没有合适权重的层随机初始化。',
  },
  'fineTuning.start.fresh': labels.startFresh,
  'fineTuning.start.held': labels.startHeld,
  'fineTuning.load': { en: 'Load weights…', zh: '载入权重…' },
  'fineTuning.loadHint': {
    en: 'Start weights from a Netloom project, an ONNX model or a safetensors file, such as those of PyTorch',
    zh: '从 Netloom 项目、ONNX 模型或 safetensors 文件（如 PyTorch 的文件）载入初始权重',
  },
  'fineTuning.fromRun': { en: 'Use as start weights', zh: '用作初始权重' },
  'fineTuning.fromRunHint': {
    en: 'Starts the open network from the last weights of this run; a table shows which fit',
    zh: '使打开的网络从此次训练的最后权重开始；表中列出哪些权重适用',
  },
  'fineTuning.tableTitle': { en: 'Start weights from “{{name}}”', zh: '来自“{{name}}”的初始权重' },
  'fineTuning.tableSummary': {
    en: '{{taken}} of {{all}} tensors have a source. The others start from random values.',
    zh: '{{all}} 个张量中有 {{taken}} 个找到来源，其余随机初始化。',
  },
  'fineTuning.tableUnused': {
    en: '{{count}} {{count, tensor|tensors}} of the file {{count, is|are}} not used: {{names}}',
    zh: '文件中有 {{count}} 个张量未使用：{{names}}',
  },
  'fineTuning.onlyGaps': { en: 'Only rows without a source', zh: '仅显示没有来源的行' },
  'fineTuning.tensor': { en: 'Tensor of the network', zh: '网络的张量' },
  'fineTuning.shape': { en: 'Shape', zh: '形状' },
  'fineTuning.source': { en: 'Source', zh: '来源' },
  'fineTuning.rule': { en: 'Matched by', zh: '匹配方式' },
  'fineTuning.noSource': { en: '– random –', zh: '– 随机 –' },
  'fineTuning.sourceOf': { en: 'Source of {{name}}', zh: '{{name}} 的来源' },
  'fineTuning.take': { en: 'Start from these weights', zh: '从这些权重开始' },
  'fineTuning.cancel': { en: 'Cancel', zh: '取消' },
  'fineTuning.taken': {
    en: 'The network has the weights of “{{name}}” ({{taken}} of {{all}} tensors). The next run starts from them.',
    zh: '网络已采用“{{name}}”的权重（{{all}} 个张量中的 {{taken}} 个），下次训练从这些权重开始。',
  },
  'fineTuning.networkErrors': {
    en: 'The network has errors, so weights cannot be matched. Fix the problems first.',
    zh: '网络存在错误，无法匹配权重。请先修复问题。',
  },
  'fineTuning.replaceHead': { en: 'Replace head', zh: '替换输出头' },
  'fineTuning.replaceHeadHint': {
    en: 'Gives the last layer as many outputs as the data has classes, and random weights. The other layers keep their weights.',
    zh: '使最后一层的输出数等于数据的类别数，并随机初始化；其他层保留权重。',
  },
  'fineTuning.replaced': {
    en: 'New head “{{layers}}” with {{size}} {{size, output|outputs}}. The next run starts it from random weights, and the other layers from their current weights.',
    zh: '新的输出头“{{layers}}”有 {{size}} 个输出。下次训练时它随机初始化，其他层从现有权重开始。',
  },
  'fineTuning.undo': { en: 'Undo', zh: '撤销' },
  'fineTuning.experimentGroup': {
    en: '{{network}}, fine-tuned and from scratch {{number}}',
    zh: '{{network}}，微调与从头训练 {{number}}',
  },
  'fineTuning.lead': {
    en: 'The current weights were already trained on this dataset, so fine-tuning has a lead. For a fair comparison, start it before the first run.',
    zh: '现有权重已在此数据集上训练过，因此微调占有优势。如需公平比较，请在首次训练之前开始。',
  },
  'fineTuning.tuned': { en: 'fine-tuned', zh: '微调' },
  'fineTuning.scratch': { en: 'from scratch', zh: '从头训练' },
  'fineTuning.frozenUpTo': { en: 'Frozen up to', zh: '冻结至' },
  'fineTuning.frozenUpToHint': {
    en: 'Freezes the layers with weights from the input up to this one and unfreezes the others',
    zh: '冻结从输入到此处的含权重的层，解冻其余的层',
  },
  'fineTuning.frozenNone': { en: 'No layer is frozen', zh: '没有冻结的层' },
  'fineTuning.frozenSome': {
    en: '{{name}} · {{count}} of {{all}} layers',
    zh: '{{name}} · {{all}} 层中的 {{count}} 层',
  },
  'fineTuning.frozenMixed': {
    en: '{{count}} of {{all}} layers, not in sequence',
    zh: '{{all}} 层中的 {{count}} 层，不连续',
  },
  'fineTuning.freezeBody': { en: 'Freeze all but the head', zh: '冻结输出头以外的层' },
  'fineTuning.unfreezeAll': { en: 'Unfreeze all', zh: '全部解冻' },
  'fineTuning.noHead': {
    en: 'The head was not found: no layer before the output determines the number of outputs alone. Insert a Linear layer before the output, or ungroup the block before it.',
    zh: '未找到输出头：输出层之前没有单独决定输出数的层。请在输出层之前插入线性层，或取消其前面的块的编组。',
  },
  'fineTuning.batchNorm': labels.frozenBatchNorm,
  'fineTuning.batchNormHint': {
    en: 'Statistics of frozen batch normalization in training. Running statistics: unchanged, as eval() in PyTorch. Batch statistics: of each batch, and the running statistics are updated, as train() with requires_grad=False.',
    zh: '训练时冻结的批量规范化所用的统计量。移动统计量：保持不变，相当于 PyTorch 的 eval()。小批量统计量：取自每个小批量，并更新移动统计量，相当于 requires_grad=False 的 train()。',
  },
  'fineTuning.batchNorm.running': { en: 'Running statistics', zh: '移动统计量' },
  'fineTuning.batchNorm.batch': { en: 'Batch statistics', zh: '小批量统计量' },
  'fineTuning.groups': { en: 'Parameter groups', zh: '参数组' },
  'fineTuning.groupsHint': {
    en: 'Groups of layers with a learning rate or weight decay of their own. The first group that contains a parameter counts.',
    zh: '使用单独学习率或权重衰减的层组；参数属于包含它的第一个组。',
  },
  'fineTuning.bodyRate': { en: 'Body at 1/10 of the head', zh: '主体学习率为输出头的 1/10' },
  'fineTuning.addGroup': { en: 'Group for the selection', zh: '为所选层建组' },
  'fineTuning.addGroupHint': {
    en: 'Adds a group for each selected layer. Select layers on the canvas first.',
    zh: '为每个所选的层添加一个组。请先在画布上选中层。',
  },
  'fineTuning.removeGroup': { en: 'Remove group “{{name}}”', zh: '删除参数组“{{name}}”' },
  'fineTuning.otherLayers': { en: 'All other layers', zh: '其余各层' },
  'fineTuning.noLayer': { en: 'No layer has this name', zh: '没有此名称的层' },
  'fineTuning.rateScale': { en: 'Learning rate ×', zh: '学习率 ×' },
  'fineTuning.rateScaleHint': { en: 'Factor on the learning rate of the optimizer', zh: '对优化器学习率的倍数' },
  'fineTuning.decay': labels.weightDecay,
  'fineTuning.badge': { en: 'Learning rate {{rate}}', zh: '学习率 {{rate}}' },
  'fineTuning.badgeDecay': { en: 'Weight decay {{decay}}', zh: '权重衰减 {{decay}}' },
} satisfies Words;
