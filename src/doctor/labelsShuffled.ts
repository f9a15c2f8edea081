import { endOf } from './course.ts';
import { figure, percent } from './figures.ts';
import type { Ailment } from './finding.ts';
import type { Patient } from './patient.ts';

/** Standard errors above chance: beyond that, neighbours do say something of each other. One in 160 goes beyond it by chance. */
const SIGMAS = 2.5;
/** Better than chance by less, on validation samples, is chance too. */
const VALIDATION_SIGMAS = 3;
/** Of fewer, chance cannot be told from a weak likeness. */
const SAMPLES = 100;
/** Where one class has nearly all samples, neighbours agree whatever the labels are. */
const TELLING = 0.8;
/** So much better on what it was trained on: learned by heart. */
const BY_HEART = 0.3;

export const labelsShuffled: Ailment = {
  code: 'labels-shuffled',
  explains: ['overfitting', 'underfitting', 'plateau', 'one-answer'],
  look(patient) {
    const { data, network, run, chance, graph, course, stuck } = patient;
    const near = data?.neighbours ?? null;
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
          en: `A sample's nearest neighbour explains nothing of its answer (${near.samples} samples looked at), and the network explains ${percent(Math.max(0, validation))} of the variance of the validation answers`,
          zh: `样本的最近邻完全不能说明它的答案（查看了 ${near.samples} 个样本），网络也只解释了验证答案方差的 ${percent(Math.max(0, validation))}`,
        }
      : {
          en: `${percent(near.agree)} of ${near.samples} samples have the label of the sample that looks most like them; labels dealt at random would give ${percent(near.chance)}. On the validation split the network is right in ${percent(validation)}, and always saying the commonest class in ${percent(chance)}`,
          zh: `${near.samples} 个样本中，只有 ${percent(near.agree)} 与最相像的样本标签相同；标签随机分配时也有 ${percent(near.chance)}。网络在验证集上的精度为 ${percent(validation)}，而始终答最常见的类别有 ${percent(chance)}`,
        };
    return {
      severity: 'error',
      title: { en: 'The labels do not go with the samples', zh: '标签与样本不对应' },
      message: {
        en: `${rows.en}. ${heart ? `What it does know (${percent(train)} of the training samples) it has learned by heart.` : `The loss stays at ${figure(course?.end ?? 0)}.`} Look whether images and labels were read in the same order, or one of them was shuffled alone.`,
        zh: `${rows.zh}。${heart ? `它会的（训练样本的 ${percent(train)}）只是死记硬背。` : `损失停在 ${figure(course?.end ?? 0)}。`}请检查图像与标签的读取顺序是否一致，或其中之一是否被单独打乱。`,
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
