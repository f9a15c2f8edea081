import { figure } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { lowerRate, setRate } from './rates.ts';

/** A loss so many times that of the start is on its way out of the numbers: float32 ends at 3e38, squares at 1e19. */
const EXPLODED = 1000;
/** Inputs are expected around 1 (LeCun et al. 1998, Efficient BackProp); so far off, every first gradient is too large. */
const LARGE_INPUTS = 20;

export const clipNorm: Repair = {
  title: { en: 'Clip gradients to norm 1', zh: '把梯度裁剪到范数 1' },
  recipe: (recipe) => ({ ...recipe, clip: { kind: 'norm', maxNorm: 1 } }),
};

export const lossExploding: Ailment = {
  code: 'loss-exploding',
  explains: [
    'rate-too-high',
    'dead-relus',
    'vanishing-gradients',
    'modes-differ',
    'rate-too-low',
    'labels-shuffled',
    'overfitting',
    'underfitting',
    'one-answer',
  ],
  look(patient) {
    const { broken, course, recipe, run, data } = patient;
    const grown = course !== null && course.end > EXPLODED * Math.max(course.start, course.idle);
    if (!broken && !grown) return null;
    const { learningRate } = recipe.optimizer;
    const [from, to] = course === null ? ['?', '?'] : [figure(course.start), figure(course.highest)];
    const large = data !== null && data.inputs.largest > LARGE_INPUTS;
    const scale = large ? figure(data.inputs.largest) : '';
    const lasted = broken
      ? {
          en: `Loss, gradients or weights left the range of numbers after step ${run.step}`,
          zh: `第 ${run.step} 步之后，损失、梯度或权重超出了数值范围`,
        }
      : { en: `The loss went from ${from} to ${to}`, zh: `损失从 ${from} 升到 ${to}` };
    return {
      severity: 'error',
      title: { en: 'The loss explodes', zh: '损失爆炸' },
      message: {
        en: `${lasted.en}${broken && course !== null ? `, having been ${from} at the start and ${to} at most` : ''}. Each update overshoots and makes the next one larger; the learning rate is ${figure(learningRate)}.${large ? ` The inputs are large, too: up to ${scale}, where about 1 is expected.` : ''}`,
        zh: `${lasted.zh}${broken && course !== null ? `（开始时为 ${from}，最高 ${to}）` : ''}。每次更新都走过头，下一次更大；当前学习率为 ${figure(learningRate)}。${large ? `输入也偏大：最大 ${scale}，通常应在 1 左右。` : ''}`,
      },
      nodes: [],
      fixes: [
        setRate(lowerRate(patient)),
        ...(large ? normaliseInputs(patient) : []),
        ...(recipe.clip ? [] : [clipNorm]),
      ],
    };
  },
};

/** Batch norm behind the input brings every channel to mean 0 and variance 1. */
function normaliseInputs({ nodes }: Patient): Repair[] {
  const inputs = nodes.filter(({ layer }) => layer.inputsOf === undefined && layer.inputs.length === 0);
  return inputs.flatMap(({ node, outputs }): Repair[] => {
    const rank = Object.values(outputs)[0]?.length;
    if (rank !== 1 && rank !== 3) return [];
    const layer = rank === 1 ? 'batchNorm1d' : 'batchNorm2d';
    return [
      {
        title: { en: `Insert batch norm behind '${node.name}'`, zh: `在“${node.name}”之后插入批量规范化` },
        layers: [{ kind: 'behind', node: node.id, layers: [{ layer }] }],
      },
    ];
  });
}
