import { endOf } from './course.ts';
import { figure, percent } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import { smoothingOf } from './plainLoss.ts';
import { isCause } from './remedies.ts';
import { isTopLevel } from './repair.ts';

const STEPS = 30;
/** Usual label smoothing (Szegedy et al. 2016). */
const USUAL = 0.1;
const STRONG = 0.5;

export const labelSmoothing: Ailment = {
  code: 'label-smoothing',
  explains: ['vanishing-gradients', 'rate-too-low', 'labels-shuffled', 'underfitting', 'plateau', 'one-class'],
  look(patient) {
    const end = endOf(patient.graph);
    const { course, run } = patient;
    if (end === undefined || course === null || run.step < STEPS) return null;
    const smoothing = smoothingOf(end);
    if (smoothing < STRONG) return null;
    const classes = end.config.classes as number;
    const fixes: Repair[] = isTopLevel(end)
      ? [
          {
            title: { en: `Set label smoothing to ${USUAL}`, zh: `将标签平滑设为 ${USUAL}` },
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
        en: `Label smoothing of ${figure(smoothing)} sets the target probability to ${percent(right)} for the true class and ${percent(wrong)} for each other class, so predictions stay uncertain and the loss cannot fall below ${figure(course.floor)}. It is ${figure(course.end)} after ${run.step} steps. Use label smoothing of ${USUAL} or less.`,
        zh: `标签平滑为 ${figure(smoothing)} 时，真实类别的目标概率为 ${percent(right)}，其余每个类别为 ${percent(wrong)}，因此预测始终不确定，损失不会低于 ${figure(course.floor)}。${run.step} 步之后损失为 ${figure(course.end)}。请将标签平滑设为 ${USUAL} 或更小。`,
      },
      nodes: [end.node.id],
      fixes,
      ...(guilty === null && { provisional: true, explains: [] }),
    };
  },
};
