import type { Words } from '../words.ts';

export const doctor = {
  'doctor.showAll': { en: 'Show findings ({{count}})', zh: '查看诊断结果（{{count}}）' },
  'doctor.hideAll': { en: 'Hide findings ({{count}})', zh: '隐藏诊断结果（{{count}}）' },
  'doctor.title': { en: 'Diagnosis', zh: '诊断' },
  'doctor.tab': { en: 'Curves ({{count}})', zh: '曲线 ({{count}})' },
  'doctor.at': { en: 'at epoch {{epoch}}, step {{step}}', zh: '截至第 {{epoch}} 轮，第 {{step}} 步' },
  'doctor.well': { en: 'No findings so far', zh: '目前未发现异常' },
  'doctor.looked.curves': { en: 'loss of {{steps}} steps', zh: '{{steps}} 步的损失' },
  'doctor.looked.network': {
    en: 'gradients of {{layers}} parameter tensors; activations on {{batch}} samples in training and prediction mode',
    zh: '{{layers}} 组参数的梯度；{{batch}} 个样本在训练模式和预测模式下的激活值',
  },
  'doctor.looked.large': { en: 'gradients not checked: network too large', zh: '网络过大，未检查梯度' },
  'doctor.looked.data': {
    en: 'labels and duplicates of {{count}} {{count, sample|samples}}',
    zh: '{{count}} 个样本的标签与重复情况',
  },
  'doctor.examine': { en: 'Diagnose now', zh: '立即诊断' },
  'doctor.dismiss': { en: 'Hide “{{title}}” for this run', zh: '本次训练不再显示“{{title}}”' },
  'doctor.hidden': { en: 'Findings hidden for this run: {{count}}', zh: '本次训练已隐藏 {{count}} 项诊断结果' },
  'doctor.restore': { en: 'Show hidden findings ({{count}})', zh: '显示隐藏的诊断结果（{{count}}）' },
  'doctor.layers': { en: 'Affected layers', zh: '相关的层' },
  'doctor.trying': {
    en: 'Trying {{count}} {{count, fix|fixes}} on this dataset…',
    zh: '正在用此数据集试验 {{count}} 种修复…',
  },
  'doctor.applied': {
    en: 'Fix applied. Train again for it to take effect, or undo it.',
    zh: '已应用修复，可撤销。重新训练后生效。',
  },
  'doctor.changedRun': {
    en: 'The run uses this learning rate from the next step. The training settings are updated too.',
    zh: '训练从下一步起使用此学习率，训练设置也已更新。',
  },
  'doctor.trainAgain': { en: 'Train from scratch', zh: '从头训练' },
} satisfies Words;
