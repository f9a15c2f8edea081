import { endOf } from './course.ts';
import { figure, percent } from './figures.ts';
import type { Ailment } from './finding.ts';
import type { Patient } from './patient.ts';

/** Standard errors above chance from which neighbors agree significantly (one in 160 by chance). */
const SIGMAS = 2.5;
/** Standard errors above chance from which the validation accuracy is significant. */
const VALIDATION_SIGMAS = 3;
/** Min number of samples; with fewer, weak agreement cannot be distinguished from chance. */
const SAMPLES = 100;
/** Max agreement by chance; if one class has nearly all samples, neighbors agree with any labels. */
const TELLING = 0.8;
/** Training accuracy above chance from which the samples were memorized. */
const BY_HEART = 0.3;

export const labelsShuffled: Ailment = {
  code: 'labels-shuffled',
  explains: ['overfitting', 'underfitting', 'plateau', 'one-class'],
  look(patient) {
    const { data, network, run, chance, graph, course, stuck } = patient;
    const near = data?.neighbors ?? null;
    if (data === null || network === null || near === null || run.history.length === 0) return null;
    if (
      near.samples < SAMPLES ||
      near.chance > TELLING ||
      near.agree > near.chance + SIGMAS * near.error ||
      !atChance(patient)
    )
      return null;
    const numbers = endOf(graph)?.layer.output?.answers === 'numbers';
    const { train, validation } = network.score;
    const heart = train > BY_HEART && train - validation > BY_HEART;
    if (!heart && !stuck) return null;
    const rows = numbers
      ? {
          en: `The nearest neighbor of a sample explains nothing of its target (${near.samples} samples checked), and the network explains ${percent(Math.max(0, validation))} of the variance of the validation targets`,
          zh: `样本的最近邻完全不能解释其目标值（检查了 ${near.samples} 个样本），网络也只解释了验证目标值方差的 ${percent(Math.max(0, validation))}`,
        }
      : {
          en: `${percent(near.agree)} of ${near.samples} samples have the label of their most similar sample; random labels would give ${percent(near.chance)}. The validation accuracy of the network is ${percent(validation)}; always predicting the most frequent class gives ${percent(chance)}`,
          zh: `${near.samples} 个样本中，只有 ${percent(near.agree)} 与最相似的样本标签相同；标签随机分配时也有 ${percent(near.chance)}。网络的验证精度为 ${percent(validation)}，而始终预测最常见的类别也有 ${percent(chance)}`,
        };
    return {
      severity: 'error',
      title: { en: 'The labels do not match the samples', zh: '标签与样本不对应' },
      message: {
        en: `${rows.en}. ${heart ? `Training accuracy is ${percent(train)} only because the network memorized the samples.` : `The loss stays at ${figure(course?.end ?? 0)}.`} Check that images and labels are read in the same order and that neither was shuffled alone.`,
        zh: `${rows.zh}。${heart ? `训练精度 ${percent(train)} 只是因为记住了训练样本。` : `损失停在 ${figure(course?.end ?? 0)}。`}请检查图像与标签的读取顺序是否一致，以及其中之一是否被单独打乱。`,
      },
      nodes: [],
      fixes: [],
    };
  },
};

function atChance({ network, data, chance, graph }: Patient): boolean {
  if (network === null || data === null) return false;
  const { validation } = network.score;
  if (endOf(graph)?.layer.output?.answers === 'numbers') return validation < 0.1;
  const samples = Math.max(1, Math.min(network.batch, data.validation));
  return validation < chance + VALIDATION_SIGMAS * Math.sqrt((chance * (1 - chance)) / samples);
}
