import type { CheckResult } from '../../src/check/checkedGraph.ts';
import { inputField, type NetworkOutput, targetField } from '../../src/data/fit.ts';
import type { DataFacts } from '../../src/graph/document.ts';

/** Layers that get each field of the data, by the name of the field; null while the network has errors. */
export interface FieldLayers {
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

export function fieldLayers({ graph }: Pick<CheckResult, 'graph'>, facts: DataFacts): FieldLayers | null {
  if (graph === null) return null;
  const inputs = graph.nodes.filter(({ layer }) => layer.inputsOf === undefined && layer.inputs.length === 0);
  const outputs = graph.nodes.filter(({ layer }) => layer.output !== undefined);
  return {
    inputs: grouped(
      inputs.map(({ node, outputs }) => {
        const input = { name: node.name, shape: Object.values(outputs)[0] ?? [] };
        return [inputField(facts.inputs, input, inputs.length)?.name, node.name];
      }),
    ),
    targets: grouped(
      outputs.map(({ node, layer, inputs }) => {
        const answers = layer.output?.answers ?? 'numbers';
        const output: NetworkOutput = { name: node.name, answers, shape: Object.values(inputs)[0] ?? [] };
        return [targetField(facts.targets, output, outputs.length)?.name, node.name];
      }),
    ),
  };
}

function grouped(pairs: readonly (readonly [field: string | undefined, layer: string])[]) {
  const layers = new Map<string, string[]>();
  for (const [field, layer] of pairs) {
    if (field !== undefined) layers.set(field, [...(layers.get(field) ?? []), layer]);
  }
  return layers;
}
