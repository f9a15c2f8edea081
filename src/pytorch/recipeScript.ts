import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import type { ClipConfig } from '../graph/recipe.ts';
import type { WeightInit } from '../layers/initializers.ts';
import { literal } from '../python/values.ts';
import { lossSource } from './losses.ts';
import type { TorchModel } from './model.ts';
import { optimizerSource, type ParameterGroup, parameterGroups } from './optimizer.ts';
import { scheduleSource } from './schedule.ts';

export interface RecipeScript {
  /** Source of recipe.py. */
  readonly source: string;
  /** Contents of parameter_groups.json; null without groups. */
  readonly groups: readonly ParameterGroup[] | null;
}

/** The training settings of a document: loss, optimizer, schedule, clipping, initial weights. */
export function recipeScript({ document, nodes }: CheckedGraph, model: TorchModel): RecipeScript {
  const { recipe } = document;
  const groups = parameterGroups(nodes, recipe, model.keys);
  const outputs = nodes.filter(({ layer }) => layer.output !== undefined);
  const { earlyStopping: early, keepBest = false } = recipe;
  const stopping =
    early === undefined
      ? 'None'
      : `{"monitor": ${literal(early.monitor)}, "patience": ${early.patience}, "min_delta": ${literal(early.minDelta)}}`;
  const body = [
    `BATCH_SIZE = ${recipe.batchSize}
EPOCHS = ${recipe.epochs}
SEED = ${recipe.seed}
EARLY_STOPPING = ${stopping}
# True: the result of a run is its best epoch by validation, else its last.
KEEP_BEST = ${literal(keepBest)}
# Modules that are not trained.
FROZEN = [${model.frozen.map(literal).join(', ')}]
`,
    lossSource(outputs),
    optimizerSource(recipe.optimizer, groups),
    scheduleSource(recipe, groups !== null).trimStart(),
    clipSource(recipe.clip),
    freezingSource(recipe.frozenBatchNorm === 'batch'),
    initializeSource(nodes, model),
  ].join('\n\n');
  const imports = [
    ...(groups === null ? [] : ['import json']),
    ...(/\bmath\./.test(body) ? ['import math'] : []),
    ...(groups === null ? [] : ['from pathlib import Path']),
    ...(groups === null && !/\bmath\./.test(body) ? [] : ['']),
    'import torch',
    'from torch import nn',
    ...(body.includes('lr_scheduler.') ? ['from torch.optim import lr_scheduler'] : []),
    ...(groups === null ? [] : ['', 'FOLDER = Path(__file__).resolve().parent']),
  ];
  const source = `"""Training settings: loss, optimizer, learning rate schedule, clipping and initial weights."""\n\n${imports.join('\n')}\n\n${body}`;
  return { source, groups };
}

function clipSource(clip: ClipConfig | undefined): string {
  const signature = 'def clip_gradients(parameters):\n';
  switch (clip?.kind) {
    case undefined:
      return `${signature}    """Gradients are not clipped."""\n`;
    case 'norm':
      return `${signature}    nn.utils.clip_grad_norm_(parameters, ${literal(clip.maxNorm)})\n`;
    case 'value':
      return `${signature}    nn.utils.clip_grad_value_(parameters, ${literal(clip.clipValue)})\n`;
    default:
      return clip satisfies never;
  }
}

const freezingSource = (usesBatch: boolean): string => `def freeze(model):
    for name in FROZEN:
        model.get_submodule(name).requires_grad_(False)


def training_mode(model):
${
  usesBatch
    ? '    """Frozen batch normalization uses the statistics of the batch."""\n    model.train()\n'
    : `    """Frozen batch normalization stays in evaluation mode."""
    model.train()
    for name in FROZEN:
        model.get_submodule(name).eval()
`
}`;

/** Calls of torch.nn.init; `torch` is what the constructors do. */
const initializers: Readonly<Record<WeightInit, string | null>> = {
  xavierUniform: 'nn.init.xavier_uniform_(weight)',
  xavierNormal: 'nn.init.xavier_normal_(weight)',
  kaimingUniform: 'nn.init.kaiming_uniform_(weight, nonlinearity="relu")',
  kaimingNormal: 'nn.init.kaiming_normal_(weight, nonlinearity="relu")',
  kaimingNormalFanOut: 'nn.init.kaiming_normal_(weight, mode="fan_out", nonlinearity="relu")',
  normal: 'nn.init.normal_(weight, std=0.01)',
  zeros: 'nn.init.zeros_(weight)',
  torch: null,
};

function initializeSource(nodes: readonly CheckedNode[], { keys }: TorchModel): string {
  const byCall = new Map<string, string[]>();
  let areAlike = true;
  for (const { node, config } of nodes) {
    if (config.weightInit === undefined) continue;
    const call = initializers[config.weightInit as WeightInit];
    areAlike &&= call !== null;
    if (call === null) continue;
    const names = byCall.get(call) ?? [];
    names.push(keys.get(`${node.name}/weight`) as string);
    byCall.set(call, names);
  }
  const signature = 'def initialize(model):\n';
  if (byCall.size === 0) return `${signature}    """The weights stay those that the constructors of PyTorch draw."""\n`;
  const layers = '(nn.Conv2d, nn.ConvTranspose2d, nn.Linear)';
  if (byCall.size === 1 && areAlike) {
    const [call = ''] = byCall.keys();
    return `${signature}    for module in model.modules():
        if isinstance(module, ${layers}):
            ${call.replace('weight', 'module.weight')}
`;
  }
  const loops = [...byCall].map(
    ([call, names]) =>
      `    for name in [\n${names.map((name) => `        ${literal(name)},\n`).join('')}    ]:
        ${call.replace('weight', 'parameters[name]')}
`,
  );
  return `${signature}    parameters = dict(model.named_parameters())\n${loops.join('')}`;
}
