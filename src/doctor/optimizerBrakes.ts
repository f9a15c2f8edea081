import { defaultOptimizers, type OptimizerConfig, type Recipe } from '../graph/recipe.ts';
import type { Text } from '../text.ts';
import type { Brake } from './brake.ts';
import type { ExaminedParameter } from './examination.ts';
import { figure, percent } from './figures.ts';
import type { Repair } from './finding.ts';
import type { Patient } from './patient.ts';

/** Settings of the optimizer and of clipping, each with the fraction of a step that it leaves. */
export function optimizerBrakes(patient: Patient): readonly Brake[] {
  const { recipe, network, run } = patient;
  const parameters = network?.parameters ?? [];
  // The layers with the largest gradients are affected least.
  const size = Math.max(0, ...parameters.map(({ gradient, size }) => gradient / Math.sqrt(size)));
  if (size === 0) return [];
  const norm = Math.hypot(...parameters.map(({ gradient }) => gradient));
  return [
    ...(recipe.clip === undefined ? [] : [clipBrake(recipe.clip, norm, size)]),
    ...ownBrakes(recipe.optimizer, size, run.step),
    ...groupBrakes(recipe, parameters),
  ];
}

const set =
  (change: Readonly<Record<string, number>>): Repair['recipe'] =>
  (recipe) => ({
    ...recipe,
    optimizer: { ...recipe.optimizer, ...change } as OptimizerConfig,
  });

const leaves = (en: string, zh: string, left: number): Text => ({
  en: `${en}. Only ${percent(left)} of each step remains.`,
  zh: `${zh}，每一步只剩下 ${percent(left)}。`,
});

export const noClip: Repair = {
  title: { en: 'Do not clip gradients', zh: '不裁剪梯度' },
  recipe: ({ clip: _, ...recipe }) => recipe,
};

function clipBrake(clip: NonNullable<Recipe['clip']>, norm: number, size: number): Brake {
  const [limit, now] = clip.kind === 'norm' ? [clip.maxNorm, norm] : [clip.clipValue, size];
  const left = Math.min(1, limit / now);
  const [en, zh] = clip.kind === 'norm' ? ['gradient norm', '梯度范数'] : ['gradient values', '梯度值'];
  return {
    left,
    title: { en: 'Gradient clipping is too strong', zh: '梯度裁剪过强' },
    message: leaves(
      `Clipping reduces the ${en} from about ${figure(now)} to ${figure(limit)}`,
      `裁剪将${zh}从约 ${figure(now)} 降到 ${figure(limit)}`,
      left,
    ),
    repairs: [noClip],
  };
}

/** Brakes of the optimizer itself. `size`: the largest root mean square of a parameter's gradient. */
function ownBrakes(optimizer: OptimizerConfig, size: number, steps: number): readonly Brake[] {
  if (optimizer.kind === 'sgd') {
    const { momentum, dampening = 0 } = optimizer;
    if (momentum === 0 || dampening === 0) return [];
    const left = 1 - dampening;
    return [
      {
        left,
        title: { en: 'Dampening is too strong', zh: '阻尼过强' },
        message: leaves(
          `Dampening of ${figure(dampening)} excludes most of each gradient from the momentum`,
          `阻尼为 ${figure(dampening)}，每个梯度大部分不计入动量`,
          left,
        ),
        repairs: [{ title: { en: 'Set dampening to 0', zh: '将阻尼设为 0' }, recipe: set({ dampening: 0 }) }],
      },
    ];
  }
  // Adagrad divides by the root of the sum of all squared gradients so far, the others by the root of a mean.
  const divisor = optimizer.kind === 'adagrad' ? size * Math.sqrt(Math.max(1, steps)) : size;
  return [
    epsBrake(optimizer, divisor),
    ...(optimizer.kind === 'adagrad' ? adagradBrakes(optimizer, divisor, steps) : []),
  ];
}

type Adaptive = Exclude<OptimizerConfig, { kind: 'sgd' }>;

function epsBrake({ kind, eps }: Adaptive, divisor: number): Brake {
  const left = divisor / (divisor + eps);
  const usual = defaultOptimizers[kind].eps;
  return {
    left,
    title: { en: 'Epsilon is too large', zh: 'Epsilon 过大' },
    message: leaves(
      `The optimizer divides each gradient by its usual size (about ${figure(divisor)}) plus epsilon (${figure(eps)})`,
      `优化器把每个梯度除以其通常大小（约 ${figure(divisor)}）与 epsilon（${figure(eps)}）之和`,
      left,
    ),
    repairs: [
      {
        title: { en: `Set epsilon to ${figure(usual)}`, zh: `将 epsilon 设为 ${figure(usual)}` },
        recipe: set({ eps: usual }),
      },
    ],
  };
}

function adagradBrakes(
  { initialAccumulator, lrDecay }: Extract<OptimizerConfig, { kind: 'adagrad' }>,
  divisor: number,
  steps: number,
): readonly Brake[] {
  const full = divisor / Math.sqrt(divisor ** 2 + initialAccumulator);
  // Mean of 1 / (1 + t·decay) over the steps.
  const kept = lrDecay === 0 ? 1 : Math.log1p(steps * lrDecay) / (steps * lrDecay);
  return [
    {
      left: full,
      title: { en: 'The initial accumulator is too large', zh: '初始累积量过大' },
      message: leaves(
        `Adagrad divides by the root of the sum of all squared gradients (about ${figure(divisor)}) plus the initial accumulator (${figure(initialAccumulator)})`,
        `Adagrad 除以梯度累积平方和（其根约为 ${figure(divisor)}）与初始累积量（${figure(initialAccumulator)}）之和的平方根`,
        full,
      ),
      repairs: [
        {
          title: { en: 'Set the initial accumulator to 0', zh: '将初始累积量设为 0' },
          recipe: set({ initialAccumulator: 0 }),
        },
      ],
    },
    {
      left: kept,
      title: { en: 'The learning rate decay is too strong', zh: '学习率衰减过强' },
      message: leaves(
        `A learning rate decay of ${figure(lrDecay)} divides the learning rate by ${figure(1 + steps * lrDecay)} within ${steps} steps`,
        `学习率衰减为 ${figure(lrDecay)}，${steps} 步之内学习率被除以 ${figure(1 + steps * lrDecay)}`,
        kept,
      ),
      repairs: [
        { title: { en: 'Set the learning rate decay to 0', zh: '将学习率衰减设为 0' }, recipe: set({ lrDecay: 0 }) },
      ],
    },
  ];
}

/** Brake of parameter groups. A parameter belongs to the first group whose `match` is a prefix of its name. */
function groupBrakes({ groups = [] }: Recipe, parameters: readonly ExaminedParameter[]): readonly Brake[] {
  let [all, moved] = [0, 0];
  for (const { name, size } of parameters) {
    all += size;
    moved += size * (groups.find(({ match }) => name.startsWith(match))?.learningRateScale ?? 1);
  }
  const left = moved / all;
  return [
    {
      left,
      title: { en: 'Parameter groups lower the learning rate too much', zh: '参数组的学习率过小' },
      message: leaves(
        'Parameter groups reduce the learning rate of most parameters',
        '参数组降低了大多数参数的学习率',
        left,
      ),
      repairs: [
        {
          title: { en: 'Use the same learning rate for all parameter groups', zh: '所有参数组使用相同的学习率' },
          recipe: (recipe) => ({
            ...recipe,
            groups: recipe.groups?.map(({ learningRateScale: _, ...group }) => group),
          }),
        },
      ],
    },
  ];
}
