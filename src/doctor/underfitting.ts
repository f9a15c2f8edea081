import { linear } from '../layers/linear.ts';
import { relu } from '../layers/relu.ts';
import { endOf, mean } from './course.ts';
import { lessDecay } from './decay.ts';
import { figure, percent } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isTopLevel, type LayerRepair } from './repair.ts';

/** Min number of epochs. */
const EPOCHS = 6;
/** Max improvement from the second to the last third of the epochs, as a fraction of the idle loss. */
const FLAT = 0.035;
/** Difference by which the nearest neighbor method is better. */
const BEHIND = 0.12;
/** Max accuracy above chance of a network that has learned nothing. */
const CHANCE = 0.05;
/** Number of units up to which a network that learns nothing may be too small. */
const NARROW = 4;
const WIDEST = 1024;

export const underfitting: Ailment = {
  code: 'underfitting',
  explains: ['plateau', 'one-class'],
  look(patient) {
    const { run, network, data, course } = patient;
    const near = data?.neighbors ?? null;
    if (network === null || near === null || course === null || run.history.length < EPOCHS) return null;
    const third = Math.floor(run.history.length / 3);
    const losses = run.history.map(({ train }) => train.loss);
    const [before, now] = [mean(losses.slice(-2 * third, -third)), mean(losses.slice(-third))];
    const { train } = network.score;
    // If a wider network has learned nothing, its size is not the cause.
    const nothing = train < patient.chance + CHANCE && isWide(patient);
    if (nothing) return null;
    if (before - now > FLAT * course.idle || near.agree - train < BEHIND) return null;
    const [en, zh] =
      run.history.at(-1)?.train.accuracy === null
        ? [
            `explains only ${percent(Math.max(0, train))} of the variance of the training targets; the nearest neighbor method explains ${percent(near.agree)}`,
            `只解释了训练目标值方差的 ${percent(Math.max(0, train))}，而最近邻方法能解释 ${percent(near.agree)}`,
          ]
        : [
            `has a training accuracy of only ${percent(train)}; the nearest neighbor method reaches ${percent(near.agree)}`,
            `的训练精度只有 ${percent(train)}，而最近邻方法可达 ${percent(near.agree)}`,
          ];
    return {
      severity: 'warning',
      title: { en: 'Underfitting', zh: '欠拟合' },
      message: {
        en: `The training loss has stopped falling (before ${figure(before)}, now ${figure(now)}), and the network ${en}. The network is too small for this dataset. Add layers or units.`,
        zh: `训练损失几乎不再下降（之前 ${figure(before)}，现在 ${figure(now)}），网络${zh}。网络容量不足。请增加层数或单元数。`,
      },
      nodes: [],
      fixes: [...lessDecay(patient.recipe), ...more(patient)],
    };
  },
};

function isWide({ nodes }: Patient): boolean {
  const hidden = nodes.filter(({ layer }) => layer.category === 'activation');
  const units = hidden.map(({ outputs }) => Object.values(outputs)[0]?.reduce((a, b) => a * b, 1) ?? 0);
  return units.length > 0 && Math.min(...units) > NARROW;
}

function more({ graph }: Patient): Repair[] {
  const last = graph.nodes.find(({ node }) => node.id === Object.values(endOf(graph)?.from ?? {})[0]?.node);
  const wide = graph.nodes.flatMap((checked): LayerRepair[] => {
    const key = checked.layer.featuresKey;
    const units = key === undefined ? undefined : checked.config[key];
    if (checked === last || key === undefined || typeof units !== 'number' || !isTopLevel(checked)) return [];
    return [{ kind: 'set', node: checked.node.id, key, value: Math.min(WIDEST, Math.max(16, 4 * units)) }];
  });
  const deeper: Repair[] =
    last?.layer.type === linear.type && isTopLevel(last)
      ? [
          {
            title: {
              en: `Insert a hidden layer of 64 units before “${last.node.name}”`,
              zh: `在“${last.node.name}”之前插入 64 个单元的隐藏层`,
            },
            layers: [
              {
                kind: 'before',
                node: last.node.id,
                layers: [{ layer: linear.type, config: { outFeatures: 64 } }, { layer: relu.type }],
              },
            ],
          },
        ]
      : [];
  const wider: Repair = {
    title: { en: 'Use four times as many hidden units', zh: '将隐藏层的单元数增加到四倍' },
    layers: wide,
  };
  return [...(wide.length > 0 ? [wider] : []), ...deeper];
}
