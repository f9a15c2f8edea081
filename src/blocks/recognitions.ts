import type { Config, EdgeEnd } from '../graph/document.ts';
import { shapeText } from '../layers/config.ts';
import type { Shape } from '../layers/layer.ts';

/** A layer of a drawing, with the source of each input port. */
interface CandidateLayer {
  readonly id: string;
  readonly layer: string;
  readonly config: Config;
  readonly from: ReadonlyMap<string, EdgeEnd>;
}

/** A piece of a drawing that may be a built-in block. */
export interface Candidate {
  /** In data order. */
  readonly parts: readonly CandidateLayer[];
  /** Shape of the input. */
  readonly x: Shape;
  /** Types of the layers that use the output. */
  readonly usedBy: readonly string[];
}

/** Sequences of regions that can be the block: layers at the ends of the first and the last region, and all between. */
interface Form {
  readonly first: string;
  readonly last: string;
  readonly between: readonly string[];
  readonly most: number;
}

/** A way to recognize a built-in block. The proposed configs are drawn and compared with the piece. */
export interface Recognition {
  readonly block: string;
  readonly forms: readonly Form[];
  /** Number of such blocks in a network from which on they are worth a block; simple ones are no gain if rare. */
  readonly least: number;
  propose(candidate: Candidate): readonly Config[];
}

const form = (first: string, last: string, most: number, between: readonly string[] = []): Form => ({
  first,
  last,
  between: [first, last, ...between],
  most,
});

const CONV = 'conv2d';
const NORM = 'batchNorm2d';

const all = ({ parts }: Candidate, layer: string): readonly Config[] =>
  parts.flatMap((part) => (part.layer === layer ? [part.config] : []));
const first = (pair: Config[string]): number => (Array.isArray(pair) ? Number(pair[0]) : Number.NaN);
const channelsOf = (conv: Config | undefined): number => Number(conv?.outChannels);
const strideOf = (conv: Config | undefined): number => first(conv?.stride ?? null);

/** Settings of convolutions and norms that a block passes on. */
const styleOf = (conv: Config | undefined, norm: Config | undefined): Config => ({
  weightInit: conv?.weightInit ?? 'auto',
  ...(norm !== undefined && { eps: norm.eps ?? null, momentum: norm.momentum ?? null }),
});

/** Convolutions on each branch of the part where the branches meet, in the order of its ports. */
function branches({ parts }: Candidate): readonly (readonly CandidateLayer[])[] {
  const byId = new Map(parts.map((part) => [part.id, part]));
  const join = parts.at(-1) as CandidateLayer;
  return [...join.from].map(([, { node }]) => {
    const branch: CandidateLayer[] = [];
    for (let at = byId.get(node); at !== undefined; ) {
      branch.unshift(at);
      const [source] = at.from.values();
      at = source && byId.get(source.node);
    }
    return branch;
  });
}

function proposeResidual(candidate: Candidate): readonly Config[] {
  const [convs, norms] = [all(candidate, CONV), all(candidate, NORM)];
  const [conv] = convs;
  if (convs.length < 2 || convs.length > 3 || conv === undefined) return [];
  const config = {
    ...styleOf(conv, norms[0]),
    channels: channelsOf(conv),
    stride: strideOf(conv),
    bias: conv.bias ?? false,
    preActivation: candidate.parts[0]?.layer === NORM,
    projectionNorm: norms.length === 3,
  };
  return shortcuts(candidate, convs.length === 3).map((shortcut) => ({ ...config, shortcut }));
}

function shortcuts(candidate: Candidate, projected: boolean): readonly string[] {
  if (candidate.parts.some(({ layer }) => layer === 'zeroPad2d')) return ['padded'];
  return ['auto', projected ? 'projection' : 'identity'];
}

function proposeBottleneck(candidate: Candidate): readonly Config[] {
  const [convs, norms] = [all(candidate, CONV), all(candidate, NORM)];
  const [one, two, three] = convs;
  if (convs.length < 3 || convs.length > 4 || one === undefined) return [];
  const [width, channels] = [channelsOf(one), channelsOf(three)];
  const expansion = channels / width;
  const config = {
    ...styleOf(one, norms[0]),
    width,
    ...(Number.isInteger(expansion) && expansion <= 64 ? { expansion } : { outChannels: channels }),
    stride: Math.max(strideOf(one), strideOf(two)),
    strideAt: strideOf(one) > 1 ? 'first' : 'three',
    bias: one.bias ?? false,
    projectionNorm: norms.length === 4,
  };
  return shortcuts(candidate, convs.length === 4).map((shortcut) => ({ ...config, shortcut }));
}

function proposeInception(candidate: Candidate): readonly Config[] {
  const norms = all(candidate, NORM);
  const found = branches(candidate).map((branch) => ({
    convs: branch.flatMap((part) => (part.layer === CONV ? [part.config] : [])),
    pool: branch[0]?.layer.endsWith('Pool2d') ? branch[0].layer : null,
  }));
  const plain = found.filter(({ pool }) => pool === null).map(({ convs }) => convs);
  const [ones] = plain.filter(({ length }) => length === 1);
  const [two, three] = plain.filter(({ length }) => length > 1);
  const pooled = found.find(({ pool }) => pool !== null);
  if (two === undefined || three === undefined || pooled === undefined) return [];
  const middle = channelsOf(three[1]);
  const config = {
    ...styleOf(two[0], norms[0]),
    ones: ones === undefined ? 0 : channelsOf(ones[0]),
    reduce3: channelsOf(two[0]),
    threes: channelsOf(two[1]),
    reduce5: channelsOf(three[0]),
    fives: channelsOf(three.at(-1)),
    projection: pooled.convs.length === 0 ? 0 : channelsOf(pooled.convs[0]),
    wide: three.length === 3 ? 'twoThrees' : first(three[1]?.kernelSize ?? null) === 5 ? 'five' : 'three',
    between: three.length === 3 && middle !== channelsOf(three[2]) ? middle : 0,
    pool: pooled.pool === 'avgPool2d' ? 'avg' : 'max',
    stride: strideOf(two[1]),
    batchNorm: norms.length > 0,
  };
  return [config];
}

function proposeInverted(candidate: Candidate): readonly Config[] {
  const convs = all(candidate, CONV);
  const work = convs.at(-2);
  if (convs.length < 2 || convs.length > 3 || work === undefined) return [];
  return [
    {
      ...styleOf(work, all(candidate, NORM)[0]),
      channels: channelsOf(convs.at(-1)),
      expansion: channelsOf(work) / (candidate.x[0] ?? 1),
      kernelSize: first(work.kernelSize ?? null),
      stride: strideOf(work),
    },
  ];
}

function proposeSqueeze(candidate: Candidate): readonly Config[] {
  const [dense] = [...all(candidate, 'linear'), ...all(candidate, CONV)];
  const few = Number(dense?.outFeatures ?? dense?.outChannels);
  const reduction = (candidate.x[0] ?? 1) / few;
  const layers = all(candidate, 'linear').length > 0 ? 'linear' : 'conv';
  return [...new Set([Math.floor(reduction), Math.ceil(reduction)])].map((each) => ({
    reduction: each,
    layers,
    weightInit: dense?.weightInit ?? 'auto',
  }));
}

function proposeDense(candidate: Candidate): readonly Config[] {
  const [convs, norms, joins] = [all(candidate, CONV), all(candidate, NORM), all(candidate, 'concat').length];
  const conv = convs.at(-1);
  if (joins < 2 || conv === undefined || convs.length % joins !== 0) return [];
  return [{ ...denseStyle(conv, norms[0]), layers: joins, narrow: convs.length === 2 * joins }];
}

function proposeDenseLayer(candidate: Candidate): readonly Config[] {
  const [convs, norms] = [all(candidate, CONV), all(candidate, NORM)];
  if (!candidate.usedBy.includes('concat')) return [];
  return [{ ...denseStyle(convs.at(-1), norms[0]), narrow: convs.length === 2 }];
}

const denseStyle = (conv: Config | undefined, norm: Config | undefined): Config => ({
  ...styleOf(conv, norm),
  growth: channelsOf(conv),
  bias: conv?.bias ?? false,
});

function proposeTransition(candidate: Candidate): readonly Config[] {
  const [conv, pool] = [all(candidate, CONV)[0], all(candidate, 'avgPool2d')[0]];
  const [before, after] = [candidate.x[0] ?? 1, channelsOf(conv)];
  const config = {
    ...styleOf(conv, all(candidate, NORM)[0]),
    pool: first(pool?.kernelSize ?? null),
    bias: conv?.bias ?? false,
  };
  // The number of channels is rounded down, so several fractions give it; the usual half comes first.
  return [0.5, after / before, (after + 0.5) / before].map((compression) => ({ ...config, compression }));
}

function proposeSeparable(candidate: Candidate): readonly Config[] {
  const [convs, norms] = [all(candidate, CONV), all(candidate, NORM)];
  const [work, mix] = convs;
  if (convs.length !== 2 || work?.groups !== candidate.x[0] || candidate.x[0] === 1) return [];
  return [
    {
      ...styleOf(mix, norms[0]),
      channels: channelsOf(mix),
      kernelSize: first(work?.kernelSize ?? null),
      stride: strideOf(work),
      batchNorm: norms.length > 0,
    },
  ];
}

function proposeNin(candidate: Candidate): readonly Config[] {
  const convs = all(candidate, CONV);
  const [conv] = convs;
  if (convs.length !== 3) return [];
  return [
    {
      weightInit: conv?.weightInit ?? 'auto',
      channels: channelsOf(conv),
      kernelSize: first(conv?.kernelSize ?? null),
      stride: strideOf(conv),
      padding: first(conv?.padding ?? null),
    },
  ];
}

function proposeVgg(candidate: Candidate): readonly Config[] {
  const [convs, norms, pools] = [all(candidate, CONV), all(candidate, NORM), all(candidate, 'maxPool2d')];
  if (pools.length !== 1) return [];
  return [
    {
      ...styleOf(convs[0], norms[0]),
      convs: convs.length,
      channels: channelsOf(convs[0]),
      batchNorm: norms.length > 0,
    },
  ];
}

function proposeUnit(candidate: Candidate): readonly Config[] {
  const [conv, norm] = [all(candidate, CONV)[0], all(candidate, NORM)[0]];
  const { kernelSize = null, stride = null, padding = null, groups = null } = conv ?? {};
  return [
    {
      ...styleOf(conv, norm),
      channels: channelsOf(conv),
      kernelSize,
      stride,
      padding,
      groups,
      batchNorm: norm !== undefined,
    },
  ];
}

const proposeZeroPad = ({ parts, x }: Candidate): readonly Config[] => {
  const [pick, maps] = [parts[0]?.config, parts.at(-1)?.config];
  const shape = maps?.shape;
  if (!Array.isArray(shape) || shapeText(x) === shapeText(shape)) return [];
  return [{ channels: Number(shape[0]), stride: strideOf(pick) }];
};

const RELU = 'relu';

/**
 * The recognized blocks, in the order in which they are searched: a block comes before those that are parts of it. Residual
 * stages are shown as their blocks; a conv unit is part of nearly everything, so it is searched last (`unit`).
 */
export const recognitions: readonly Recognition[] = [
  { block: 'dense', forms: [form('concat', 'concat', 256)], least: 1, propose: proposeDense },
  { block: 'inception', forms: [form('concat', 'concat', 1)], least: 1, propose: proposeInception },
  {
    block: 'residual',
    forms: [form('add', RELU, 2), form('add', 'add', 1), form(NORM, 'add', 3, [RELU])],
    least: 1,
    propose: proposeResidual,
  },
  { block: 'bottleneck', forms: [form('add', RELU, 2)], least: 1, propose: proposeBottleneck },
  { block: 'squeezeExcitation', forms: [form('mul', 'mul', 1)], least: 1, propose: proposeSqueeze },
  { block: 'depthwiseSeparable', forms: [form(CONV, RELU, 6, [NORM])], least: 2, propose: proposeSeparable },
  {
    block: 'invertedResidual',
    forms: [form('add', 'add', 1), form(CONV, NORM, 8, [RELU])],
    least: 2,
    propose: proposeInverted,
  },
  { block: 'transition', forms: [form(NORM, 'avgPool2d', 4, [RELU, CONV])], least: 1, propose: proposeTransition },
  { block: 'denseLayer', forms: [form(NORM, CONV, 6, [RELU])], least: 2, propose: proposeDenseLayer },
  { block: 'ninBlock', forms: [form(CONV, RELU, 6)], least: 2, propose: proposeNin },
  { block: 'vggBlock', forms: [form(CONV, 'maxPool2d', 48, [RELU, NORM])], least: 3, propose: proposeVgg },
  {
    block: 'zeroPadShortcut',
    forms: [form('avgPool2d', 'reshape', 4, ['zeroPad2d'])],
    least: 1,
    propose: proposeZeroPad,
  },
];

export const unit: Recognition = {
  block: 'convUnit',
  forms: [form(CONV, RELU, 3, [NORM])],
  least: 3,
  propose: proposeUnit,
};
