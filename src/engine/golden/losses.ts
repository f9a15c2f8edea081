import { backward } from '../../autodiff/backward.ts';
import type { CheckedNode } from '../../check/checkedGraph.ts';
import { Builder } from '../../ir/builder.ts';
import type { Value } from '../../ir/program.ts';
import { outputFor } from '../../layers/index.ts';
import {
  absoluteError,
  binaryCrossEntropy,
  crossEntropy,
  hinge,
  huber,
  multiMargin,
  perceptron,
  type Reduction,
  smoothL1,
  squaredError,
} from '../../layers/losses.ts';
import { type Device, targetOf } from '../session.ts';
import type { CaseOf, CaseTensors } from './cases.ts';
import { Comparison, type ComparisonResult } from './compare.ts';
import { drawGraph, type End, type Hyper, UnsupportedCase } from './draw.ts';
import { compareOutputs, DATA, PREDICTION } from './forwardBackward.ts';

interface LossArgs {
  readonly g: Builder;
  readonly x: Value;
  readonly target: Value;
  readonly reduction: Reduction;
  readonly hyper: Hyper;
  /** A further input of the case, if present. */
  readonly extra: (name: string) => Value | undefined;
}

/** All losses by their kind in the cases; a new loss is one row. */
const losses: Readonly<Record<string, (args: LossArgs) => Value>> = {
  cross_entropy: ({ g, x, target, reduction, hyper, extra }) => {
    const { label_smoothing: labelSmoothing = 0, ignore_index } = hyper as Record<string, number>;
    const weights = extra('weight');
    return crossEntropy(g, x, target, reduction, {
      labelSmoothing,
      ...(weights && { weights }),
      ...(ignore_index !== undefined && { ignoreIndex: ignore_index }),
    });
  },
  bce_with_logits: ({ g, x, target, reduction, extra }) => {
    const [positiveWeight, weight] = [extra('pos_weight'), extra('weight')];
    return binaryCrossEntropy(g, x, target, reduction, {
      ...(positiveWeight && { positiveWeight }),
      ...(weight && { weight }),
    });
  },
  mse: ({ g, x, target, reduction }) => squaredError(g, x, target, reduction),
  l1: ({ g, x, target, reduction }) => absoluteError(g, x, target, reduction),
  smooth_l1: ({ g, x, target, reduction, hyper }) => smoothL1(g, x, target, reduction, hyper.beta as number),
  huber: ({ g, x, target, reduction, hyper }) => huber(g, x, target, reduction, hyper.delta as number),
  hinge: ({ g, x, target, reduction, hyper }) => hinge(g, x, target, reduction, hyper.margin as number),
  perceptron: ({ g, x, target, reduction }) => perceptron(g, x, target, reduction),
  multi_margin: ({ g, x, target, reduction, hyper, extra }) => {
    const weights = extra('weight');
    const { p, margin } = hyper as { p: 1 | 2; margin: number };
    return multiMargin(g, x, target, reduction, { p, margin, ...(weights && { weights }) });
  },
};

/** The output layer of a loss, and its hyperparameters besides the reduction. */
interface Ending {
  readonly reads: readonly string[];
  draw(hyper: Hyper, classes: number): End;
}

const regression = (loss: string, threshold?: string): Ending => ({
  reads: threshold === undefined ? [] : [threshold],
  draw: (hyper) => ({
    layer: outputFor('numbers').type,
    config: { loss, ...(threshold !== undefined && { threshold: hyper[threshold] as number }) },
  }),
});

const endings: Readonly<Record<string, Ending>> = {
  cross_entropy: {
    reads: ['label_smoothing', 'ignore_index', 'weight'],
    draw: ({ label_smoothing = 0, ignore_index = -1, weight = [] }, classes) => ({
      layer: outputFor('class').type,
      config: {
        classes,
        labelSmoothing: label_smoothing as number,
        ignoreIndex: ignore_index as number,
        classWeights: weight as number[],
      },
    }),
  },
  bce_with_logits: { reads: [], draw: () => ({ layer: outputFor('binary').type, config: {} }) },
  mse: regression('mse'),
  l1: regression('l1'),
  smooth_l1: regression('smoothL1', 'beta'),
  huber: regression('huber', 'delta'),
};

/** The output layer with this loss. */
export function drawLoss(kind: string, { reduction, ...hyper }: Hyper, classes: number): End {
  const ending = endings[kind];
  const known = ending !== undefined && Object.keys(hyper).every((name) => ending.reads.includes(name));
  if (!known || reduction !== 'mean' || (hyper.ignore_index as number) < -1)
    throw new UnsupportedCase(`a network with the loss '${kind}' ${JSON.stringify(hyper)}`);
  return ending.draw(hyper, classes);
}

/** Runs a loss and its gradient, through its output layer if that supports the settings, otherwise alone. */
export async function runLoss(test: CaseOf<'loss'>, tensors: CaseTensors, device: Device): Promise<ComparisonResult> {
  const { kind, hyper } = test;
  const loss = losses[kind];
  if (loss === undefined) throw new UnsupportedCase(`loss '${kind}'`);
  const { shape } = tensors.get('in.x');
  const isClass = tensors.get('in.target').dtype === 'I64';

  const g = new Builder(test.id, targetOf(device));
  const x = g.input('in.x', 'float32', shape, DATA);
  const target = g.input('in.target', isClass ? 'int64' : 'float32', tensors.get('in.target').shape, {
    kind: 'target',
  });
  const extra = (name: string) =>
    tensors.has(`in.${name}`) ? g.input(`in.${name}`, 'float32', tensors.get(`in.${name}`).shape, DATA) : undefined;
  const y =
    throughDrawing(test, tensors, g, x, target) ??
    loss({ g, x, target, hyper, extra, reduction: hyper.reduction as Reduction });
  const up = g.input('up.y', 'float32', y.shape, DATA);
  const gradients = backward(
    g,
    g.reduceSum(
      g.mul(y, up),
      y.shape.map((_, axis) => axis),
    ),
    [x],
  );
  const program = g.finish([
    { name: 'out.y', value: y, role: PREDICTION },
    { name: 'grad.x', value: gradients.get(x) as Value, role: PREDICTION },
  ]);
  return compareOutputs(program, ({ name }) => tensors.tensor(name), new Comparison(tensors, test), device);
}

/** The loss of an output layer; null if the case has settings that the layer does not support. */
function throughDrawing(
  { kind, hyper }: CaseOf<'loss'>,
  tensors: CaseTensors,
  g: Builder,
  x: Value,
  target: Value,
): Value | null {
  const shape = [...tensors.get('in.x').shape];
  const drawable =
    kind === 'cross_entropy' && hyper.reduction === 'mean' && !tensors.has('in.weight') && shape.length === 2;
  if (!drawable || (hyper.ignore_index !== undefined && (hyper.ignore_index as number) < 0)) return null;
  const checked = drawGraph({ inputs: { x: shape }, nodes: [], outputs: ['x'] }, [
    drawLoss(kind, hyper, shape[1] as number),
  ]);
  const { layer, config } = checked.nodes.at(-1) as CheckedNode;
  const none = () => {
    throw new Error('a loss has neither buffers nor masks');
  };
  const args = { g, x: { x }, p: {}, b: {}, config, mode: 'train', update: none, mask: none } as const;
  return layer.output?.loss?.(args, target).loss ?? null;
}
