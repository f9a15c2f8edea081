import type { ExaminedActivation, ExaminedParameter } from './examination.ts';
import { figure } from './figures.ts';
import type { Ailment, Finding, Repair } from './finding.ts';
import { batchNorms, kaiming, reluInstead } from './layerRepairs.ts';
import type { Patient } from './patient.ts';

/**
 * The first layers' share of the last layers' gradient. A sigmoid passes on a quarter at most (Glorot and Bengio 2010), so
 * five in a row leave a thousandth; healthy networks here had a hundredth and more.
 */
const VANISHED = 1e-3;

/**
 * A bias's gradient adds up the errors of its layer, whatever the size of the inputs, which a weight's has in it. Not
 * before a normalisation, which takes the bias away again.
 */
const rolesOf = ({ nodes }: Patient) =>
  nodes.some(({ layer }) => layer.category === 'normalisation') ? (['weight'] as const) : (['bias', 'weight'] as const);

/** Where all samples look alike after the last activation, no gradient can tell them apart either: as small weights do. */
const ALIKE = 1e-2;

interface Fade {
  readonly first: ExaminedParameter;
  readonly last: ExaminedParameter;
  readonly share: number;
}

export const vanishingGradients: Ailment = {
  code: 'vanishing-gradients',
  explains: ['dead-relus', 'rate-too-low', 'labels-shuffled', 'underfitting', 'plateau', 'one-answer'],
  look(patient) {
    const { network, stuck, nodes } = patient;
    // Behind a layer of which nothing comes there is no gradient at all: dead ReLUs.
    const blocked = network?.activations.some(({ kind, dead, units }) => kind === 'relu' && dead === units);
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
    const flat = network.activations.filter(({ kind }) => kind !== 'relu');
    const squashing = nodes.filter(({ layer }) => layer.type === 'sigmoid' || layer.type === 'tanh');
    return {
      severity: 'error',
      title: { en: 'Vanishing gradients', zh: '梯度消失' },
      message: {
        en: `The gradient's norm is ${figure(fade.last.gradient)} at '${last}' but ${figure(fade.first.gradient)} at '${first}': ${figure(fade.share)} of it. The first layers hardly move, so the loss stays where it is.${flat.length > 0 ? ` ${flat.length} sigmoid or tanh layers lie in between; a sigmoid passes on a quarter of a gradient at most.` : ''}`,
        zh: `“${last}”处梯度范数为 ${figure(fade.last.gradient)}，而“${first}”处只有 ${figure(fade.first.gradient)}，是其 ${figure(fade.share)} 倍。靠前的层几乎不动，损失停滞不前。${flat.length > 0 ? `其间有 ${flat.length} 个 sigmoid 或 tanh 层；一个 sigmoid 最多传回四分之一的梯度。` : ''}`,
      },
      nodes: [fade.first.node, ...squashing.map(({ node }) => node.id)],
      fixes: repairs(patient),
    };
  },
};

/** From the last layer that gets a gradient to the first; null where there are not two. */
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
      en: `Different samples are ${before} apart behind '${first.name}' but ${after} behind '${last.name}': to the end of the network they all look alike, so neither loss nor gradients can tell them apart. The weights are too small for so many layers.`,
      zh: `不同样本在“${first.name}”之后相差 ${before}，到“${last.name}”之后只差 ${after}：在网络末端看来它们都一样，损失和梯度无从区分。对这么多层来说，权重太小。`,
    },
    nodes: [first.node, last.node],
    fixes: repairs(patient).reverse(),
  };
}

const repairs = (patient: Patient): Repair[] => [...reluInstead(patient), ...batchNorms(patient), ...kaiming(patient)];
