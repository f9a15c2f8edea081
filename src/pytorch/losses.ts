import type { CheckedNode } from '../check/checkedGraph.ts';
import type { Config } from '../graph/document.ts';
import { identifier, Names } from '../python/names.ts';
import { literal, type PyValue } from '../python/values.ts';
import { RESERVED_NAMES } from './reserved.ts';

/** The loss of an output layer as a module of PyTorch, of logits or values and targets. */
function lossModule({ layer, config, node }: CheckedNode): string {
  const loss = losses[String(config.loss)];
  if (loss === undefined)
    throw new Error(`loss '${config.loss}' of '${node.name}' (${layer.type}) has no form in PyTorch`);
  return loss(config);
}

const call = (callee: string, args: readonly (string | null)[] = []): string =>
  `${callee}(${args.filter((arg) => arg !== null).join(', ')})`;
const unless = (config: Config, key: string, standard: PyValue, name: string): string | null =>
  config[key] === standard ? null : `${name}=${literal(config[key] as PyValue)}`;
const tensorOf = (values: readonly number[]): string =>
  `torch.tensor([${values.map((value) => (Number.isInteger(value) ? `${literal(value)}.0` : literal(value))).join(', ')}])`;

const losses: Readonly<Record<string, ((config: Config) => string) | undefined>> = {
  crossEntropy: (config) => {
    const weights = config.classWeights as readonly number[];
    return call('nn.CrossEntropyLoss', [
      weights.length === 0 ? null : `weight=${tensorOf(weights)}`,
      unless(config, 'ignoreIndex', -1, 'ignore_index'),
      unless(config, 'labelSmoothing', 0, 'label_smoothing'),
    ]);
  },
  multiMargin: () => call('nn.MultiMarginLoss'),
  bceWithLogits: (config) => {
    const weight = config.positiveWeight as number;
    return call('nn.BCEWithLogitsLoss', [weight === 1 ? null : `pos_weight=${tensorOf([weight])}`]);
  },
  hinge: (config) => call('HingeLoss', [`margin=${literal(config.margin as number)}`]),
  perceptron: () => call('HingeLoss', ['margin=0']),
  mse: () => call('nn.MSELoss'),
  l1: () => call('nn.L1Loss'),
  smoothL1: (config) => call('nn.SmoothL1Loss', [unless(config, 'threshold', 1, 'beta')]),
  huber: (config) => call('nn.HuberLoss', [unless(config, 'threshold', 1, 'delta')]),
};

const HINGE = `class HingeLoss(nn.Module):
    """max(0, margin - t x) for targets t of -1 and 1, which are given as 0 and 1. A margin of 0 is the perceptron rule."""

    def __init__(self, margin: float):
        super().__init__()
        self.margin = margin

    def forward(self, outputs, targets):
        return torch.relu(self.margin - (2 * targets - 1) * outputs).mean()


`;

/** The class `Loss` and the function `correct` of recipe.py. */
export function lossSource(outputs: readonly CheckedNode[]): string {
  const names = new Names(RESERVED_NAMES);
  const attributes = outputs.map(({ node }) => names.take(identifier(node.name, 'output')));
  const of = (i: number) => (outputs.length === 1 ? 'outputs' : `outputs[${literal(outputs[i]?.node.name ?? '')}]`);
  const terms = outputs.map(({ config }, i) => {
    const weight = config.lossWeight as number;
    return `${weight === 1 ? '' : `${literal(weight)} * `}self.${attributes[i]}(${of(i)}, targets[${i}])`;
  });
  const modules = outputs.map(lossModule);
  const hinge = modules.some((module) => module.startsWith('HingeLoss')) ? HINGE : '';
  return `${hinge}class Loss(nn.Module):
    """The loss of a batch, a mean over its samples. \`targets\` has one tensor for each output of the network."""

    def __init__(self):
        super().__init__()
${modules.map((module, i) => `        self.${attributes[i]} = ${module}\n`).join('')}
    def forward(self, outputs, targets):
        return ${terms.join(' + ')}


${correctSource(outputs, of)}`;
}

function correctSource(outputs: readonly CheckedNode[], of: (i: number) => string): string {
  const at = outputs.findIndex(({ layer }) => layer.output?.answers !== 'numbers');
  if (at < 0)
    return `def correct(outputs, targets):\n    """Targets that are numbers have no accuracy."""\n    return None\n`;
  const answers = outputs[at]?.layer.output?.answers;
  const lines =
    answers === 'class'
      ? [
          `logits, target = ${of(at)}, targets[${at}]`,
          '# Of mixed samples, the class with the largest share counts.',
          'label = target.argmax(1) if target.dim() > 1 else target',
          'return (logits.argmax(1) == label).sum()',
        ]
      : [`wrong = ((${of(at)} > 0) != (targets[${at}] > 0.5)).flatten(1)`, 'return (~wrong.any(1)).sum()'];
  return `def correct(outputs, targets):\n    """Number of samples that are predicted correctly."""\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
