import { leakyRelu } from '../layers/leakyRelu.ts';
import { figure, percent, quotedList } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import { lowerRate, setRate } from './rates.ts';
import { trainFromScratch } from './remedies.ts';
import type { LayerRepair } from './repair.ts';

/**
 * Fraction of dead units from which a layer is reported. Karpathy (CS231n) mentions 40% dead units at high learning rates,
 * but narrow layers on few inputs have that from the beginning and still learn (13 of 32 for spirals).
 */
const SHARE = 0.6;
/** In smaller layers, this fraction may be dead by chance, so all units must be dead. */
const UNITS = 8;

export const deadRelus: Ailment = {
  code: 'dead-relus',
  explains: ['vanishing-gradients', 'rate-too-low', 'labels-shuffled', 'underfitting', 'plateau', 'one-class'],
  look(patient) {
    const { network, stuck, recipe } = patient;
    if (network === null) return null;
    const relus = network.activations.filter(({ kind }) => kind === 'dies');
    const dead = relus.filter(
      ({ dead, units }) => (dead === units && units > 1) || (units >= UNITS && dead >= SHARE * units),
    );
    const [worst] = [...dead].sort((a, b) => b.dead / b.units - a.dead / a.units);
    if (worst === undefined) return null;
    const names = quotedList(dead.map(({ name }) => name));
    const all = worst.dead === worst.units;
    const become = dead.map(({ node }): LayerRepair => ({ kind: 'become', node, layer: leakyRelu.type }));
    const leaky: Repair = {
      title: { en: 'Replace these ReLUs with LeakyReLU', zh: '将这些 ReLU 替换为 LeakyReLU' },
      layers: become,
    };
    const slower = setRate(lowerRate(patient));
    const { learningRate } = recipe.optimizer;
    return {
      severity: all || stuck ? 'error' : 'warning',
      title: { en: 'Dead ReLUs', zh: 'ReLU 死亡' },
      message: {
        en: `In “${worst.name}”, ${worst.dead} of ${worst.units} units (${percent(worst.dead / worst.units)}) output 0 for all ${network.batch} checked training samples${dead.length > 1 ? `; affected layers: ${names.en}` : ''}. A unit that is always 0 receives no gradient and does not recover${all ? ', and as all units are dead, the layers before them no longer learn' : ''}. The cause is steps that are too large (learning rate ${figure(learningRate)}) or biases far below 0. Train from scratch, use a lower learning rate, or replace ReLU with LeakyReLU.`,
        zh: `“${worst.name}”的 ${worst.units} 个单元中有 ${worst.dead} 个（${percent(worst.dead / worst.units)}）对 ${network.batch} 个训练样本的输出全为 0${dead.length > 1 ? `；涉及的层：${names.zh}` : ''}。恒为 0 的单元得不到梯度，无法恢复${all ? '；这一层的单元全部死亡，因此它之前的层不再学习' : ''}。原因是更新步长过大（学习率 ${figure(learningRate)}）或偏置远小于 0。请从头训练、减小学习率，或将 ReLU 替换为 LeakyReLU。`,
      },
      nodes: dead.map(({ node }) => node),
      fixes: [trainFromScratch, slower, leaky],
    };
  },
};
