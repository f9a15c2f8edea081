import type { Words } from '../words.ts';

export const doctor = {
  'doctor.showAll': { en: 'Show findings ({{count}})', zh: '查看诊断结果（{{count}}）' },
  'doctor.hideAll': { en: 'Hide findings ({{count}})', zh: '隐藏诊断结果（{{count}}）' },
  'doctor.title': { en: 'What goes wrong', zh: '诊断' },
  'doctor.tab': { en: 'Curves ({{count}})', zh: '曲线 ({{count}})' },
  'doctor.at': { en: 'as of epoch {{epoch}}, step {{step}}', zh: '截至第 {{epoch}} 轮，第 {{step}} 步' },
  'doctor.well': { en: 'Nothing suspicious so far', zh: '目前未见异常' },
  'doctor.looked.curves': { en: 'loss of {{steps}} steps', zh: '{{steps}} 步的损失' },
  'doctor.looked.network': {
    en: 'gradients of {{layers}} parameters and activations on {{batch}} samples, in both modes',
    zh: '{{layers}} 组参数的梯度与激活（{{batch}} 个样本，两种模式）',
  },
  'doctor.looked.large': {
    en: 'not the gradients: the network is too large for that',
    zh: '未查梯度：网络太大',
  },
  'doctor.looked.data': {
    en: 'labels and copies in {{count}} {{count, sample|samples}}',
    zh: '{{count}} 个样本的标签与重复',
  },
  'doctor.examine': { en: 'Examine now', zh: '立即检查' },
  'doctor.dismiss': { en: 'Not in this run: {{title}}', zh: '本次运行不再提示：{{title}}' },
  'doctor.hidden': { en: 'Findings hidden for this run: {{count}}', zh: '本次运行已隐藏 {{count}} 项诊断' },
  'doctor.restore': { en: 'Show hidden findings ({{count}})', zh: '显示隐藏的诊断（{{count}}）' },
  'doctor.layers': { en: 'Layers concerned', zh: '相关的层' },
  'doctor.trying': {
    en: 'Trying {{count}} {{count, fix|fixes}} on this data…',
    zh: '正在用本数据试训 {{count}} 种修复…',
  },
  'doctor.applied': {
    en: 'Changed; undo takes it back. It takes effect when you train again.',
    zh: '已修改，可撤销。重新训练后生效。',
  },
  'doctor.changedRun': {
    en: 'The run goes on at this rate from its next step on, and the recipe has it, too.',
    zh: '运行从下一步起改用此学习率，训练设置也已修改。',
  },
  'doctor.trainAgain': { en: 'Train from the start', zh: '从头训练' },
} satisfies Words;
