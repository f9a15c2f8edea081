import { dropping } from './dropping.ts';

export const dropout = dropping(
  'dropout',
  { en: 'Dropout', zh: '暂退法' },
  {
    en: 'While training, sets each number to 0 with probability p and divides the others by 1 − p; does nothing when predicting. Keeps units from relying on each other.',
    zh: '训练时以概率 p 把每个数置零，其余除以 1 − p；预测时什么也不做。使单元不彼此依赖。',
  },
  (x) => x,
);
