import { percent } from './figures.ts';
import type { Ailment } from './finding.ts';

/** Fraction of duplicates to report. Barz and Denzler 2019 made a new test set for CIFAR-10 because 3% of it were in the training set. */
const SHARE = 0.01;
const SAMPLES = 2;
/** Samples per different input from which duplicates are normal, as in a truth table. */
const REPEATS = 8;
/** Fraction of near duplicates to report among the few samples checked; single samples may be alike. */
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
              en: `${shared} of ${validation} validation samples (${percent(shared / validation)}) are exact duplicates of training samples`,
              zh: `${validation} 个验证样本中有 ${shared} 个（${percent(shared / validation)}）与训练样本完全相同`,
            },
          ]
        : []),
      ...(alike
        ? [
            {
              en: `${near} of ${looked} checked validation samples have a near duplicate in the training set`,
              zh: `检查的 ${looked} 个验证样本中，有 ${near} 个在训练集中有几乎相同的副本`,
            },
          ]
        : []),
    ];
    return {
      severity: 'error',
      title: { en: 'Validation samples are in the training set', zh: '验证样本混入了训练集' },
      message: {
        en: `${found.map(({ en }) => en).join('; ')}. The validation results are therefore too optimistic. Remove the duplicates from the dataset, then train from scratch.`,
        zh: `${found.map(({ zh }) => zh).join('；')}。因此验证结果偏高。请从数据集中去除重复样本，然后从头训练。`,
      },
      nodes: [],
      fixes: [],
    };
  },
};
