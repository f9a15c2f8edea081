import { check } from '../check/check.ts';
import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { UserError } from '../text.ts';
import { classesOf } from './classes.ts';
import { networkDraft } from './draft.ts';
import { layerForm } from './layerModules.ts';

/** A network as a class of PyTorch. */
export interface TorchModel {
  /** Source of model.py. */
  readonly source: string;
  /** Class of the network. */
  readonly name: string;
  /** Key in `state_dict` of every parameter and buffer, by its name in Netloom. */
  readonly keys: ReadonlyMap<string, string>;
  /** Keys of the counters that batch normalization has in PyTorch only. */
  readonly counters: readonly string[];
  /** Modules of frozen layers. */
  readonly frozen: readonly string[];
}

/** The network in PyTorch. Throws UserError for a layer that PyTorch does not have. */
export function torchModel(graph: CheckedGraph): TorchModel {
  const { document } = graph;
  const missing = graph.nodes.filter((node) => layerForm(node).kind === 'missing');
  if (missing.length > 0) throw noCounterpart(missing);
  const draft = networkDraft(document, check(document));
  const { sources, name } = classesOf(draft);
  const keys = new Map<string, string>();
  const counters: string[] = [];
  for (const { path, module, layer } of draft.leaves) {
    const buffers = Object.keys(layer.buffers);
    for (const tensor of [...Object.keys(layer.params), ...buffers])
      keys.set(`${path}/${tensor}`, `${module}.${tensor}`);
    if (buffers.includes('running_mean')) counters.push(`${module}.num_batches_tracked`);
  }
  const modules = new Map(draft.leaves.map(({ path, module }) => [path, module]));
  const frozen = graph.nodes.flatMap(({ node, params, buffers }) =>
    node.frozen === true && Object.keys({ ...params, ...buffers }).length > 0 ? [modules.get(node.name) as string] : [],
  );
  const torch = sources.some((source) => /\btorch\./.test(source)) ? 'import torch\n' : '';
  const source = `${torch}from torch import nn\n\n\n${sources.join('\n\n')}`;
  return { source, name, keys, counters, frozen };
}

function noCounterpart([first, ...others]: readonly CheckedNode[]): UserError {
  const name = first?.node.name ?? '';
  const { en, zh } = first?.layer.title ?? { en: '', zh: '' };
  const more =
    others.length === 0
      ? { en: '', zh: '' }
      : { en: ` (and ${others.length} more)`, zh: `（另有 ${others.length} 个）` };
  return new UserError({
    en: `“${name}” (${en})${more.en} has no counterpart in PyTorch. Replace or remove it, or export the network as ONNX.`,
    zh: `“${name}”（${zh}）${more.zh}在 PyTorch 中没有对应的层。请将其替换或删除，或将网络导出为 ONNX。`,
  });
}
