import { endOf, mean } from './course.ts';
import { lessDecay } from './decay.ts';
import { figure, percent } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isTop, type LayerRepair } from './repair.ts';

/** A plateau needs a while to be one. */
const EPOCHS = 6;
/** The last third of the epochs is better than the one before it by less than this share of the idle loss. */
const FLAT = 0.035;
/** The nearest neighbour alone, the simplest method there is, does better by so much. */
const BEHIND = 0.12;
/** Hardly better than always the same answer. */
const CHANCE = 0.05;
/** What so few units cannot do may well be for want of units. */
const NARROW = 4;
const WIDEST = 1024;

export const underfitting: Ailment = {
  code: 'underfitting',
  explains: ['plateau', 'one-answer'],
  look(patient) {
    const { run, network, data, course } = patient;
    const near = data?.neighbours ?? null;
    if (network === null || near === null || course === null || run.history.length < EPOCHS) return null;
    const third = Math.floor(run.history.length / 3);
    const losses = run.history.map(({ train }) => train.loss);
    const [before, now] = [mean(losses.slice(-2 * third, -third)), mean(losses.slice(-third))];
    const { train } = network.score;
    // A network of some width that has learned nothing at all has another trouble than its size.
    const nothing = train < patient.chance + CHANCE && isWide(patient);
    if (nothing) return null;
    if (before - now > FLAT * course.idle || near.agree - train < BEHIND) return null;
    const [en, zh] =
      run.history.at(-1)?.train.accuracy === null
        ? [
            `explains ${percent(Math.max(0, train))} of the variance of its own training answers; a sample's nearest neighbour alone explains ${percent(near.agree)}`,
            `只解释了训练答案方差的 ${percent(Math.max(0, train))}；单看最近邻就能解释 ${percent(near.agree)}`,
          ]
        : [
            `is right in ${percent(train)} of its own training samples; a sample's nearest neighbour alone is right in ${percent(near.agree)}`,
            `在训练样本上只对了 ${percent(train)}；单看最近邻就能对 ${percent(near.agree)}`,
          ];
    return {
      severity: 'warning',
      title: { en: 'Underfitting', zh: '欠拟合' },
      message: {
        en: `The training loss hardly falls any more (${figure(before)}, now ${figure(now)}), but the network ${en}. There is more to be learned than this network can: give it more layers or units.`,
        zh: `训练损失几乎不再下降（之前 ${figure(before)}，现在 ${figure(now)}），但网络${zh}。数据里还有网络学不到的东西：请增加层或单元。`,
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
    if (checked === last || key === undefined || typeof units !== 'number' || !isTop(checked)) return [];
    return [{ kind: 'set', node: checked.node.id, key, value: Math.min(WIDEST, Math.max(16, 4 * units)) }];
  });
  const deeper: Repair[] =
    last?.layer.type === 'linear' && isTop(last)
      ? [
          {
            title: {
              en: `Insert a hidden layer of 64 units before '${last.node.name}'`,
              zh: `在“${last.node.name}”之前插入 64 个单元的隐藏层`,
            },
            layers: [
              {
                kind: 'before',
                node: last.node.id,
                layers: [{ layer: 'linear', config: { outFeatures: 64 } }, { layer: 'relu' }],
              },
            ],
          },
        ]
      : [];
  const wider: Repair = {
    title: { en: 'Make the hidden layers four times as wide', zh: '把隐藏层加宽到四倍' },
    layers: wide,
  };
  return [...(wide.length > 0 ? [wider] : []), ...deeper];
}
