import { endOf } from './course.ts';
import { figure, percent } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import { smoothingOf } from './plainLoss.ts';
import { isCause } from './remedies.ts';
import { isTop } from './repair.ts';

const STEPS = 30;
/** Szegedy et al. 2016 spread a tenth of the target; from a half on the classes hardly differ in it. It is a fault where it costs accuracy. */
const USUAL = 0.1;
const STRONG = 0.5;

export const labelSmoothing: Ailment = {
  code: 'label-smoothing',
  explains: ['vanishing-gradients', 'rate-too-low', 'labels-shuffled', 'underfitting', 'plateau', 'one-answer'],
  look(patient) {
    const end = endOf(patient.graph);
    const { course, run } = patient;
    if (end === undefined || course === null || run.step < STEPS) return null;
    const smoothing = smoothingOf(end);
    if (smoothing < STRONG) return null;
    const classes = end.config.classes as number;
    const fixes: Repair[] = isTop(end)
      ? [
          {
            title: { en: `Set label smoothing to ${USUAL}`, zh: `把标签平滑设为 ${USUAL}` },
            layers: [{ kind: 'set', node: end.node.id, key: 'labelSmoothing', value: USUAL }],
          },
        ]
      : [];
    const guilty = isCause(patient, fixes, 'recall');
    if (guilty === false) return null;
    const [right, wrong] = [1 - smoothing + smoothing / classes, smoothing / classes];
    return {
      severity: 'warning',
      title: { en: 'Label smoothing is too strong', zh: '标签平滑过强' },
      message: {
        en: `Label smoothing of ${figure(smoothing)} asks for a probability of ${percent(right)} for the true class and ${percent(wrong)} for each other one, so predictions stay that uncertain and the loss cannot fall below ${figure(course.floor)}. It is ${figure(course.end)} after ${run.step} steps.`,
        zh: `标签平滑为 ${figure(smoothing)}，要求真实类别的概率为 ${percent(right)}，其余每类为 ${percent(wrong)}：预测会一直这样不确定，损失不会低于 ${figure(course.floor)}。${run.step} 步之后损失为 ${figure(course.end)}。`,
      },
      nodes: [end.node.id],
      fixes,
      ...(guilty === null && { provisional: true, explains: [] }),
    };
  },
};
