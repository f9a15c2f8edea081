import { figure, percent, quotedList } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import { lowerRate, setRate } from './rates.ts';
import { again } from './remedies.ts';
import type { LayerRepair } from './repair.ts';

/**
 * Karpathy (CS231n) speaks of 40 % of a network dead where rates are too high. Narrow layers on few inputs have that from
 * the start and learn all the same (13 of 32 for spirals), so a layer is named from three in five on.
 */
const SHARE = 0.6;
/** In smaller layers so many are dead by chance; all of them never are. */
const UNITS = 8;

export const deadRelus: Ailment = {
  code: 'dead-relus',
  explains: ['vanishing-gradients', 'rate-too-low', 'labels-shuffled', 'underfitting', 'plateau', 'one-answer'],
  look(patient) {
    const { network, stuck, recipe } = patient;
    if (network === null) return null;
    const relus = network.activations.filter(({ kind }) => kind === 'relu');
    const dead = relus.filter(
      ({ dead, units }) => (dead === units && units > 1) || (units >= UNITS && dead >= SHARE * units),
    );
    const [worst] = [...dead].sort((a, b) => b.dead / b.units - a.dead / a.units);
    if (worst === undefined) return null;
    const names = quotedList(dead.map(({ name }) => name));
    const all = worst.dead === worst.units;
    const become = dead.map(({ node }): LayerRepair => ({ kind: 'become', node, layer: 'leakyRelu' }));
    const leaky: Repair = {
      title: { en: 'Replace these ReLUs by LeakyReLU', zh: '把这些 ReLU 换成 LeakyReLU' },
      layers: become,
    };
    const slower = setRate(lowerRate(patient));
    const { learningRate } = recipe.optimizer;
    return {
      severity: all || stuck ? 'error' : 'warning',
      title: { en: 'Dead ReLUs', zh: 'ReLU 死亡' },
      message: {
        en: `${worst.dead} of ${worst.units} units of '${worst.name}' (${percent(worst.dead / worst.units)}) are 0 for each of ${network.batch} training samples${dead.length > 1 ? `; so it is in ${names.en}` : ''}. A unit that is always 0 gets no gradient and never comes back${all ? ', and here nothing passes: the layers before it no longer learn' : ''}. Steps that were too large (rate ${figure(learningRate)}) or biases far below 0 do that.`,
        zh: `“${worst.name}”的 ${worst.units} 个单元中有 ${worst.dead} 个（${percent(worst.dead / worst.units)}）对 ${network.batch} 个训练样本的输出全为 0${dead.length > 1 ? `；涉及${names.zh}` : ''}。恒为 0 的单元得不到梯度，无法恢复${all ? '；这里没有任何信号通过，它前面的层不再学习' : ''}。步子过大（学习率 ${figure(learningRate)}）或偏置远小于 0 都会造成这种情况。`,
      },
      nodes: dead.map(({ node }) => node),
      fixes: [again, slower, leaky],
    };
  },
};
