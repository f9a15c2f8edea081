import { decayExplodes, decayFactor, isHeavy, lessDecay } from './decay.ts';
import { figure } from './figures.ts';
import { type Ailment, consequences, type Symptom } from './finding.ts';
import type { Patient } from './patient.ts';
import { bestRemedy } from './remedies.ts';

export const decayTooStrong: Ailment = {
  code: 'decay-too-strong',
  explains: ['loss-exploding', 'rate-too-high', ...consequences],
  look: (patient) => overshoots(patient) ?? holdsDown(patient),
};

const title = { en: 'Weight decay is too strong', zh: '权重衰减过强' };

function overshoots({ recipe, broken, stuck, course, run }: Patient): Symptom | null {
  const { optimizer } = recipe;
  if (!decayExplodes(optimizer) || (!broken && !stuck)) return null;
  const { learningRate, weightDecay } = optimizer;
  const product = `${figure(learningRate)} × ${figure(weightDecay)} = ${figure(learningRate * weightDecay)}`;
  const factor = figure(decayFactor(optimizer) as number);
  const [from, to] = [figure(course?.start ?? Number.NaN), figure(course?.highest ?? Number.NaN)];
  return {
    severity: 'error',
    title,
    message: {
      en: `Learning rate × weight decay is ${product}. Decay alone multiplies every weight by ${factor} in each step, regardless of the gradient, so the weights grow without limit. Use a smaller weight decay or learning rate. The loss went from ${from} to ${to} in ${run.step} steps.`,
      zh: `学习率 × 权重衰减 = ${product}。无论梯度如何，仅权重衰减就使每个权重在每一步乘以 ${factor}，因此权重会无限增大。请减小权重衰减或学习率。${run.step} 步内损失从 ${from} 变到 ${to}。`,
    },
    nodes: [],
    fixes: lessDecay(recipe),
  };
}

/** Weight decay stronger than the gradients. Other causes look similar, so a trial has to confirm it. */
function holdsDown(patient: Patient): Symptom | null {
  const { recipe, course, run } = patient;
  if (!isHeavy(recipe) || course === null) return null;
  const best = bestRemedy(patient);
  const { weightDecay } = recipe.optimizer;
  if (best?.recipe === undefined || best.recipe(recipe).optimizer.weightDecay >= weightDecay) return null;
  return {
    severity: 'error',
    title,
    message: {
      en: `The loss is ${figure(course.end)} after ${run.step} steps and was ${figure(course.start)} initially. A weight decay of ${figure(weightDecay)} pulls the weights to 0 more strongly than the gradients move them. Use a value from 0.0001 to 0.01.`,
      zh: `${run.step} 步之后损失为 ${figure(course.end)}，开始时为 ${figure(course.start)}。权重衰减为 ${figure(weightDecay)}，把权重拉向 0 的作用超过了梯度。请使用 0.0001 到 0.01 之间的值。`,
    },
    nodes: [],
    fixes: lessDecay(recipe),
  };
}
