import { percent } from './figures.ts';
import type { Ailment } from './finding.ts';

/** Barz and Denzler 2019 found 3 % of CIFAR-10's test set in its training set and thought it worth a new test set. */
const SHARE = 0.01;
const SAMPLES = 2;
/** Data of so few different inputs (a truth table) has nothing else to validate with. */
const REPEATS = 8;
/** Of the few that copies with noise are looked for, so many: single ones may be alike. */
const NEAR_SHARE = 0.05;

export const leakage: Ailment = {
  code: 'leakage',
  explains: [],
  look({ data }) {
    if (data === null) return null;
    const { shared, validation, near, looked, train, distinct } = data;
    const same = shared >= SAMPLES && shared > SHARE * validation && train + validation < REPEATS * distinct;
    const alike = near >= SAMPLES && near > NEAR_SHARE * looked;
    if (!same && !alike) return null;
    const found = [
      ...(same
        ? [
            {
              en: `${shared} of ${validation} validation samples (${percent(shared / validation)}) are also in the training split, number by number`,
              zh: `${validation} 个验证样本中有 ${shared} 个（${percent(shared / validation)}）也在训练集中，数值完全相同`,
            },
          ]
        : []),
      ...(alike
        ? [
            {
              en: `${near} of ${looked} validation samples that were looked at have a copy with a little noise in the training split`,
              zh: `查看的 ${looked} 个验证样本中，有 ${near} 个在训练集中有只差少许噪声的副本`,
            },
          ]
        : []),
    ];
    return {
      severity: 'error',
      title: { en: 'Validation samples are in the training split', zh: '验证样本混进了训练集' },
      message: {
        en: `${found.map(({ en }) => en).join('; ')}. The validation measures what was learned by heart and looks better than the network is. Remove the copies from the data, so that no split can tear them apart, and train again.`,
        zh: `${found.map(({ zh }) => zh).join('；')}。验证测到的是死记硬背的部分，结果偏好。请从数据中去掉重复样本，使划分无法拆开它们，然后重新训练。`,
      },
      nodes: [],
      fixes: [],
    };
  },
};
