import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { expectCounterparts } from '../python/counterpart.ts';
import { type Library, networkDraft } from '../python/draft.ts';
import { className, identifier } from '../python/names.ts';
import { classesOf } from './classes.ts';
import { layerForm } from './layerModules.ts';
import { RESERVED_NAMES } from './reserved.ts';

const pytorch: Library = {
  form: layerForm,
  reservedMembers: RESERVED_NAMES,
  reserved: RESERVED_NAMES,
  memberName: identifier,
  unitName: className,
};

/** A network as a class of PyTorch. */
export interface TorchModel {
  /** Source of model.py. */
  readonly source: string;
  /** Class of the network. */
  readonly name: string;
  /** Module of every layer, by its name in Netloom. */
  readonly modules: ReadonlyMap<string, string>;
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
  expectCounterparts(graph, pytorch, 'PyTorch');
  const draft = networkDraft(document, check(document), pytorch);
  const { sources, name } = classesOf(draft);
  const keys = new Map<string, string>();
  const counters: string[] = [];
  const leaves = draft.leaves.map((leaf) => ({ ...leaf, module: leaf.members.join('.') }));
  for (const { path, module, layer } of leaves) {
    const buffers = Object.keys(layer.buffers);
    for (const tensor of [...Object.keys(layer.params), ...buffers])
      keys.set(`${path}/${tensor}`, `${module}.${tensor}`);
    if (buffers.includes('running_mean')) counters.push(`${module}.num_batches_tracked`);
  }
  const modules = new Map(leaves.map(({ path, module }) => [path, module]));
  const frozen = graph.nodes.flatMap(({ node, params, buffers }) =>
    node.frozen === true && Object.keys({ ...params, ...buffers }).length > 0 ? [modules.get(node.name) as string] : [],
  );
  const torch = sources.some((source) => /\btorch\./.test(source)) ? 'import torch\n' : '';
  const source = `${torch}from torch import nn\n\n\n${sources.join('\n\n')}`;
  return { source, name, modules, keys, counters, frozen };
}
