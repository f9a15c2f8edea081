import { brakesOf } from './brakes.ts';
import { figure } from './figures.ts';
import type { Ailment } from './finding.ts';
import { isCause } from './remedies.ts';

/** Min number of steps; before that, small steps are normal during warmup. */
const STEPS = 30;

/** Training settings that make the steps too small to learn. */
export const heldBack: Ailment = {
  code: 'steps-held-back',
  explains: [
    'vanishing-gradients',
    'dead-relus',
    'rate-too-low',
    'labels-shuffled',
    'underfitting',
    'plateau',
    'one-class',
  ],
  look(patient) {
    const { course, run, stuck } = patient;
    if (!stuck || course === null || run.step < STEPS) return null;
    const suspects = brakesOf(patient).map((brake) => ({ brake, guilty: isCause(patient, brake.repairs) }));
    const cause = suspects.find(({ guilty }) => guilty ?? true);
    if (cause === undefined) return null;
    const { title, message, repairs } = cause.brake;
    const open = cause.guilty === null;
    return {
      severity: 'error',
      title,
      message: {
        en: `${message.en} The loss is ${figure(course.end)} after ${run.step} steps and was ${figure(course.start)} initially.`,
        zh: `${message.zh}${run.step} 步之后损失为 ${figure(course.end)}，开始时为 ${figure(course.start)}。`,
      },
      nodes: [],
      fixes: open ? suspects.flatMap(({ brake }) => brake.repairs) : repairs,
      ...(open && { provisional: true, explains: [] }),
    };
  },
};
