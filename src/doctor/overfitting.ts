import { dropout } from '../layers/dropout.ts';
import { linear } from '../layers/linear.ts';
import { endOf } from './course.ts';
import { figure, percent } from './figures.ts';
import type { Ailment, Repair } from './finding.ts';
import type { Patient } from './patient.ts';
import { isTopLevel } from './repair.ts';

/** Min number of epochs; in the first epochs, a gap may be noise. */
const EPOCHS = 3;
/** Difference of training and validation accuracy; a small network on a large dataset has a few hundredths. */
const GAP = 0.15;
/** Ratio of the validation loss to its minimum, and to the training loss. */
const RISE = 1.3;
const TIMES = 3;
/** Sufficient gap if the validation loss has also risen. */
const SMALL_GAP = 0.06;
/** For regression: difference of the fractions of variance explained. */
const NUMBERS_GAP = 0.03;

type Epoch = Patient['run']['history'][number];

export const overfitting: Ailment = {
  code: 'overfitting',
  explains: ['underfitting', 'plateau'],
  look(patient) {
    const { run, network, graph } = patient;
    const last = run.history.at(-1);
    if (last === undefined || run.history.length < EPOCHS) return null;
    const best = run.history.reduce((a, b) => (b.validation.loss < a.validation.loss ? b : a));
    const numbers = last.validation.accuracy === null;
    const score = network?.score ?? { train: last.train.accuracy ?? 0, validation: last.validation.accuracy ?? 0 };
    const validation = last.validation.accuracy ?? score.validation;
    const train = numbers ? score.train : Math.max(score.train, last.train.accuracy ?? 0);
    const gap = train - validation;
    const times = last.validation.loss / last.train.loss;
    const rose =
      last.validation.loss > RISE * best.validation.loss && last.train.loss < best.train.loss && times > TIMES;
    const found = numbers ? times > TIMES && gap > NUMBERS_GAP : gap > GAP || (rose && gap > SMALL_GAP);
    if (!found) return null;
    const shown = numbers
      ? {
          en: `the training loss is ${figure(last.train.loss)} and the validation loss ${figure(last.validation.loss)}, ${figure(times)} times as high`,
          zh: `训练损失为 ${figure(last.train.loss)}，验证损失为 ${figure(last.validation.loss)}，是前者的 ${figure(times)} 倍`,
        }
      : {
          en: `the training accuracy is ${percent(train)}, the validation accuracy ${percent(validation)}; training loss ${figure(last.train.loss)}, validation loss ${figure(last.validation.loss)}`,
          zh: `训练精度为 ${percent(train)}，验证精度只有 ${percent(validation)}；训练损失 ${figure(last.train.loss)}，验证损失 ${figure(last.validation.loss)}`,
        };
    const since =
      rose || best.epoch < last.epoch - 2
        ? {
            en: ` Validation was best after epoch ${best.epoch} (loss ${figure(best.validation.loss)}).`,
            zh: `验证在第 ${best.epoch} 轮后最好（损失 ${figure(best.validation.loss)}）。`,
          }
        : { en: '', zh: '' };
    const count = patient.data?.train;
    const params = total(patient);
    return {
      severity: 'warning',
      title: { en: 'Overfitting', zh: '过拟合' },
      message: {
        en: `After ${last.epoch} epochs, ${shown.en}.${since.en} The network memorizes the ${count ?? ''} training samples (${params} parameters). Add training data, or use dropout, weight decay or a smaller network.`,
        zh: `${last.epoch} 轮之后，${shown.zh}。${since.zh}网络记住了 ${count ?? ''} 个训练样本（${params} 个参数）。请增加训练数据，或使用暂退法、权重衰减或更小的网络。`,
      },
      nodes: [],
      fixes: [...withDropout(graph), ...decays(patient), stop(last, best)],
    };
  },
};

const total = ({ nodes }: Patient): string =>
  nodes
    .flatMap(({ params }) => Object.values(params))
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
    .toLocaleString('en');

/** Dropout before the last layer with weights, if the network has none yet. */
function withDropout(graph: Patient['graph']): Repair[] {
  if (graph.nodes.some(({ layer }) => layer.category === 'regularization')) return [];
  const end = endOf(graph);
  const [before] = Object.values(end?.from ?? {});
  const last = graph.nodes.find(({ node }) => node.id === before?.node);
  if (last === undefined || last.layer.type !== linear.type || !isTopLevel(last)) return [];
  const { id, name } = last.node;
  return [
    {
      title: { en: `Insert dropout before “${name}”`, zh: `在“${name}”之前插入暂退法` },
      layers: [{ kind: 'before', node: id, layers: [{ layer: dropout.type, config: { p: 0.5 } }] }],
      from: 'held',
    },
  ];
}

/** Usual weight decay (Loshchilov and Hutter 2019 for Adam; ResNet and VGG for SGD), and twenty times that. */
function decays({ recipe: { optimizer } }: Patient): Repair[] {
  const usual = optimizer.kind === 'adamw' ? 0.05 : 5e-4;
  return [usual, 20 * usual]
    .filter((weightDecay) => weightDecay > optimizer.weightDecay)
    .map((weightDecay) => ({
      title: { en: `Set weight decay to ${weightDecay}`, zh: `将权重衰减设为 ${weightDecay}` },
      recipe: (recipe) => ({ ...recipe, optimizer: { ...recipe.optimizer, weightDecay } }),
      from: 'held',
    }));
}

/** Early stopping. Its effect is known from the run: the best epoch was better than the last. */
function stop(last: Epoch, best: Epoch): Repair {
  const [loss, instead] = [best.validation.loss, last.validation.loss];
  const words = {
    en: `Validation loss ${figure(loss)} after epoch ${best.epoch}, instead of ${figure(instead)} after epoch ${last.epoch}`,
    zh: `第 ${best.epoch} 轮后验证损失为 ${figure(loss)}，第 ${last.epoch} 轮后为 ${figure(instead)}`,
  };
  return {
    title: { en: 'Use early stopping and keep the best epoch', zh: '使用早停并保留最佳一轮' },
    recipe: (recipe) => ({
      ...recipe,
      earlyStopping: recipe.earlyStopping ?? { monitor: 'loss', patience: 5, minDelta: 0 },
      keepBest: true,
    }),
    known: { loss, instead, words },
  };
}
