import type { ExaminedActivation, ExaminedParameter } from './examination.ts';
import { figure } from './figures.ts';
import type { Ailment, Finding, Repair } from './finding.ts';
import { batchNorms, kaiming, reluInstead, saturationOf } from './layerRepairs.ts';
import type { Patient } from './patient.ts';

/**
 * Ratio of the gradient of the first to that of the last layers. A sigmoid passes on at most a quarter (Glorot and Bengio
 * 2010), so five in sequence leave a thousandth; healthy networks had a hundredth or more.
 */
const VANISHED = 1e-3;

/**
 * The gradient of a bias sums the errors of its layer, independent of the size of the inputs. With normalization layers,
 * biases may have no effect, so weights are used instead.
 */
const rolesOf = ({ nodes }: Patient) =>
  nodes.some(({ layer }) => layer.category === 'normalization') ? (['weight'] as const) : (['bias', 'weight'] as const);

/** Ratio of the differences between samples after the last and the first activation; small weights make all samples alike. */
const ALIKE = 1e-2;

interface Fade {
  readonly first: ExaminedParameter;
  readonly last: ExaminedParameter;
  readonly share: number;
}

export const vanishingGradients: Ailment = {
  code: 'vanishing-gradients',
  explains: ['dead-relus', 'rate-too-low', 'labels-shuffled', 'underfitting', 'plateau', 'one-class'],
  look(patient) {
    const { network, stuck, nodes } = patient;
    // A layer that outputs only zeros lets no gradient through: that is the finding of dead ReLUs.
    const blocked = network?.activations.some(({ kind, dead, units }) => kind === 'dies' && dead === units);
    if (network === null || !stuck || blocked) return null;
    const fades = rolesOf(patient).flatMap(
      (role) => fadeOf(network.parameters.filter((each) => each.role === role)) ?? [],
    );
    const [fade] = fades.sort((a, b) => a.share - b.share);
    const signal = signalOf(network.activations);
    const dies = signal !== null && signal.last.spread < ALIKE * signal.first.spread;
    if (fade === undefined || (fade.share >= VANISHED && !dies)) return null;
    if (dies && fade.share >= VANISHED) return signalDies(patient, signal);
    const [first, last] = [fade.first, fade.last].map(({ name }) => name.slice(0, name.lastIndexOf('/')));
    const flat = network.activations.filter(({ kind }) => kind === 'saturates');
    const squashing = nodes.filter(({ layer }) => saturationOf(layer) !== null);
    return {
      severity: 'error',
      title: { en: 'Vanishing gradients', zh: '梯度消失' },
      message: {
        en: `The gradient norm is ${figure(fade.last.gradient)} at “${last}” but ${figure(fade.first.gradient)} at “${first}” (ratio ${figure(fade.share)}). The first layers hardly change, so the loss does not fall. Use ReLU or batch norm.${flat.length > 0 ? ` There are ${flat.length} sigmoid or tanh layers in between; a sigmoid passes on at most a quarter of a gradient.` : ''}`,
        zh: `“${last}”处梯度范数为 ${figure(fade.last.gradient)}，而“${first}”处只有 ${figure(fade.first.gradient)}，是其 ${figure(fade.share)} 倍。靠前的层几乎不更新，因此损失不下降。请使用 ReLU 或批量规范化。${flat.length > 0 ? `其间有 ${flat.length} 个 sigmoid 或 tanh 层；一个 sigmoid 最多传回四分之一的梯度。` : ''}`,
      },
      nodes: [fade.first.node, ...squashing.map(({ node }) => node.id)],
      fixes: repairs(patient),
    };
  },
};

/** Gradients of the last and first layer that receive one; null if there are fewer than two. */
function fadeOf(parameters: readonly ExaminedParameter[]): Fade | null {
  const half = Math.floor(parameters.length / 2);
  const smallest = (a: ExaminedParameter, b: ExaminedParameter) => (b.gradient < a.gradient ? b : a);
  const largest = (a: ExaminedParameter, b: ExaminedParameter) => (b.gradient > a.gradient ? b : a);
  if (half === 0) return null;
  const first = parameters.slice(0, half).reduce(smallest);
  const last = parameters.slice(half).reduce(largest);
  return last.gradient > 0 ? { first, last, share: first.gradient / last.gradient } : null;
}

const signalOf = (activations: readonly ExaminedActivation[]) => {
  const [first, last] = [activations[0], activations.at(-1)];
  return first === undefined || last === undefined || first === last ? null : { first, last };
};

function signalDies(
  patient: Patient,
  { first, last }: { readonly first: ExaminedActivation; readonly last: ExaminedActivation },
): Omit<Finding, 'code'> {
  const [before, after] = [figure(first.spread), figure(last.spread)];
  return {
    severity: 'error',
    title: { en: 'Vanishing signals and gradients', zh: '信号与梯度消失' },
    message: {
      en: `Different samples differ by ${before} after “${first.name}” but only by ${after} after “${last.name}”. At the end of the network they are almost identical, so the network cannot learn to distinguish them. The initial weights are too small for this depth. Use Kaiming or Xavier initialization.`,
      zh: `不同样本在“${first.name}”之后相差 ${before}，到“${last.name}”之后只差 ${after}：到网络末端它们几乎相同，网络无法学会区分。相对于网络深度，初始权重过小。请使用 Kaiming 或 Xavier 初始化。`,
    },
    nodes: [first.node, last.node],
    fixes: repairs(patient).reverse(),
  };
}

const repairs = (patient: Patient): Repair[] => [...reluInstead(patient), ...batchNorms(patient), ...kaiming(patient)];
