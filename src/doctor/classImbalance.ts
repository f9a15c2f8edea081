import type { ClassRules } from '../layers/layer.ts';
import { endOf, total } from './course.ts';
import { figure, percent } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import { isTopLevel } from './repair.ts';

/** Ratio of the most frequent to the rarest class, from which surveys speak of imbalance (He and Garcia 2009). */
const RATIO = 10;

export const classImbalance: Ailment = {
  code: 'class-imbalance',
  explains: ['underfitting', 'plateau', 'one-class'],
  look(patient) {
    const { data, network, graph } = patient;
    const end = endOf(graph);
    const counts = data?.classes?.train ?? [];
    const rules = end?.layer.output?.classes;
    if (end === undefined || counts.length < 2 || rules?.isWeighted(end.config)) return null;
    const [most, least] = [Math.max(...counts), Math.min(...counts)];
    if (most < RATIO * Math.max(1, least)) return null;
    const [common, rare] = [counts.indexOf(most), counts.indexOf(least)];
    const predicted = network?.predicted;
    const predictedClasses = predicted?.filter((count) => count > 0).length ?? 0;
    const only = predicted !== null && predicted !== undefined && predictedClasses === 1;
    const share = most / total(counts);
    return {
      severity: only ? 'error' : 'warning',
      title: { en: 'Classes are imbalanced', zh: '类别不均衡' },
      message: {
        en: `Class ${common} has ${most} training samples, class ${rare} has ${least}: always predicting ${common} has an accuracy of ${percent(share)}.${only ? ` The network does exactly this: it predicts one class for all ${total(predicted)} checked validation samples.` : ''} Use class weights, so that rare classes count as much as frequent ones, and judge by the recall per class instead of accuracy.`,
        zh: `类别 ${common} 有 ${most} 个训练样本，类别 ${rare} 只有 ${least} 个：始终预测类别 ${common}，精度就有 ${percent(share)}。${only ? `网络正是如此：对检查的全部 ${total(predicted)} 个验证样本都预测为同一类别。` : ''}请设置类别权重，使稀有类别与常见类别同等重要，并以各类的召回率代替精度来评价。`,
      },
      nodes: [end.node.id],
      fixes: isTopLevel(end) && rules !== undefined ? [weigh(end.node.id, rules.balanced(counts))] : [],
    };
  },
};

function weigh(node: string, { key, value }: ReturnType<ClassRules<never>['balanced']>): Repair {
  const shown =
    typeof value === 'number'
      ? `${figure(value)} : 1`
      : value.slice(0, 4).map(figure).join(', ') + (value.length > 4 ? ', …' : '');
  return {
    title: { en: `Weight the classes: ${shown}`, zh: `设置类别权重：${shown}` },
    layers: [{ kind: 'set', node, key, value }],
  };
}
