import { axis, axisProblem, batchedAxis, frontAxis } from './axis.ts';
import { defineLayer, type LayerFix, type Problem, type Shape } from './layer.ts';
import { followings, mergeFields, merging, mismatch, ports } from './merging.ts';

/** True if the shapes agree in all axes but `at`. */
const follows = (first: Shape, shape: Shape, at: number): boolean =>
  shape.length === first.length && shape.with(at, 0).join() === first.with(at, 0).join();

const alongFirst: readonly LayerFix[] = [{ kind: 'setConfig', key: 'axis', value: 0 }];

export const concat = defineLayer({
  ...merging,
  type: 'concat',
  icon: {
    lines: 'M1.8 2.2h3.7v4.6H1.8zM1.8 9.2h3.7v4.6H1.8zM10.5 2.2h3.7v11.6h-3.7zM10.5 8h3.7M7.2 4.5h1.6M7.2 11.5h1.6',
  },
  aliases: ['concatenate', 'cat'],
  title: { en: 'Concat', zh: '连结' },
  stem: 'concat',
  doc: {
    en: 'Concatenates its inputs along the channel axis: C₁×H×W and C₂×H×W → (C₁ + C₂)×H×W. Joins the branches of an inception block and the layers of a dense block.',
    zh: '沿通道轴连结各输入：C₁×H×W 与 C₂×H×W → (C₁ + C₂)×H×W。用于汇合 Inception 块的各条路径和稠密块的各层。',
  },
  keywords: ['concatenate', 'join', 'stack', 'merge', 'inception', 'densenet', '拼接', '连结', '连接'],
  formula: ({ count }) => ({
    tex: [
      `y = [${ports(count)
        .map((_, i) => `x_{${i}}`)
        .join(String.raw`;\ `)}]`,
    ],
    where: { en: 'concatenated along the axis', zh: '沿该轴依次连结' },
  }),
  config: { ...mergeFields, axis },
  infer(x, { axis: along }) {
    const [[, first], ...others] = Object.entries(x);
    const wrong = axisProblem(first, along);
    if (wrong !== null) return wrong;
    const at = frontAxis(first, along);
    const problems: Problem[] = [];
    let size = first[at];
    for (const [port, shape] of others) {
      if (follows(first, shape, at)) size += shape[at];
      else problems.push(mismatch(port, shape, first, at === 0 ? followings(port, shape, first) : alongFirst));
    }
    return problems.length > 0 ? { problems } : { outputs: { y: first.with(at, size) } };
  },
  explain: (x, { y }, { axis: along }) => {
    const at = frontAxis(y, along);
    const sizes = Object.values(x).map((shape) => shape[at]);
    return [{ label: { en: 'size', zh: '大小' }, sum: `${sizes.join(' + ')} = ${y[at]}` }];
  },
  lower: ({ g, x, config: { axis: along } }) => ({ y: g.concat(Object.values(x), batchedAxis(along)) }),
});
