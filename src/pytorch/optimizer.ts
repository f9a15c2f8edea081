import type { CheckedNode } from '../check/checkedGraph.ts';
import type { OptimizerConfig, Recipe } from '../graph/recipe.ts';
import { literal, type PyValue } from '../python/values.ts';

/** Parameters with a learning rate or weight decay of their own, in the form of parameter_groups.json. */
export interface ParameterGroup {
  /** Keys in `state_dict`. */
  readonly parameters: readonly string[];
  readonly lr: number;
  readonly weight_decay: number;
}

/** Names and arguments of PyTorch's optimizers. */
function constructed(config: OptimizerConfig): {
  readonly callee: string;
  readonly args: Readonly<Record<string, PyValue>>;
} {
  const { learningRate: lr, weightDecay } = config;
  switch (config.kind) {
    case 'sgd': {
      const { momentum, dampening = 0, nesterov } = config;
      return { callee: 'SGD', args: { lr, momentum, dampening, weight_decay: weightDecay, nesterov } };
    }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, eps, amsgrad } = config;
      const callee = config.kind === 'adam' ? 'Adam' : 'AdamW';
      return { callee, args: { lr, betas: [beta1, beta2], eps, weight_decay: weightDecay, amsgrad } };
    }
    case 'rmsprop': {
      const { alpha, eps, momentum, centered } = config;
      return { callee: 'RMSprop', args: { lr, alpha, eps, weight_decay: weightDecay, momentum, centered } };
    }
    case 'adagrad': {
      const { lrDecay, initialAccumulator, eps } = config;
      const args = {
        lr,
        lr_decay: lrDecay,
        weight_decay: weightDecay,
        initial_accumulator_value: initialAccumulator,
        eps,
      };
      return { callee: 'Adagrad', args };
    }
    default:
      return config satisfies never;
  }
}

/** Groups of the trained parameters; null where all have the same settings. A parameter belongs to the first group with a matching prefix. */
export function parameterGroups(
  nodes: readonly CheckedNode[],
  { optimizer, groups = [], decayBiasAndNorm = true }: Recipe,
  keys: ReadonlyMap<string, string>,
): readonly ParameterGroup[] | null {
  const found = new Map<string, { parameters: string[]; lr: number; weight_decay: number }>();
  for (const { node, params } of nodes) {
    if (node.frozen === true) continue;
    for (const [param, { role }] of Object.entries(params)) {
      const name = `${node.name}/${param}`;
      const group = groups.find(({ match }) => name.startsWith(match));
      const lr = optimizer.learningRate * (group?.learningRateScale ?? 1);
      const decays = decayBiasAndNorm || role === 'weight';
      const weight_decay = decays ? (group?.weightDecay ?? optimizer.weightDecay) : 0;
      const key = `${lr} ${weight_decay}`;
      const same = found.get(key) ?? { parameters: [], lr, weight_decay };
      same.parameters.push(keys.get(name) as string);
      found.set(key, same);
    }
  }
  const all = [...found.values()];
  const [only] = all;
  const isPlain =
    only !== undefined && only.lr === optimizer.learningRate && only.weight_decay === optimizer.weightDecay;
  return all.length === 0 || (all.length === 1 && isPlain) ? null : all;
}

/** The function `make_optimizer` of recipe.py. */
export function optimizerSource(config: OptimizerConfig, groups: readonly ParameterGroup[] | null): string {
  const { callee, args } = constructed(config);
  const settings = Object.entries(args).map(([name, value]) => `${name}=${literal(value)}`);
  if (groups === null) {
    return `def make_optimizer(model):
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return torch.optim.${callee}(parameters, ${settings.join(', ')})
`;
  }
  return `def make_optimizer(model):
    # Learning rate and weight decay of every parameter are in parameter_groups.json.
    parameters = dict(model.named_parameters())
    groups = json.loads((FOLDER / "parameter_groups.json").read_text(encoding="utf-8"))
    groups = [{**group, "params": [parameters[name] for name in group["parameters"]]} for group in groups]
    for group in groups:
        del group["parameters"]
    return torch.optim.${callee}(groups, ${settings.join(', ')})
`;
}
