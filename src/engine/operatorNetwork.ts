import { emptyDocument, type NetworkDocument, type OperatorDefinition, operatorLayer } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { input } from '../layers/input.ts';
import { output } from '../layers/output.ts';

/** Inputs, the operator as the node `op`, and outputs; inputs and outputs have the names of its ports (`in.x`, `out.y`). */
export function networkOf(definition: OperatorDefinition): NetworkDocument {
  const at = { x: 0, y: 0 };
  const inputs = definition.inputs.map(({ name, type: { dtype, dims, batch } }) => ({
    id: `in.${name}`,
    name: `in.${name}`,
    layer: input.type,
    config: { shape: dims as readonly number[], dtype, batch },
    position: at,
  }));
  const outputs = definition.outputs.map(({ name }) => ({
    id: `out.${name}`,
    name: `out.${name}`,
    layer: output.type,
    config: {},
    position: at,
  }));
  const edges = [
    ...definition.inputs.map(
      ({ name }) =>
        [
          { node: `in.${name}`, port: 'y' },
          { node: 'op', port: name },
        ] as const,
    ),
    ...definition.outputs.map(
      ({ name }) =>
        [
          { node: 'op', port: name },
          { node: `out.${name}`, port: 'x' },
        ] as const,
    ),
  ];
  return {
    ...emptyDocument,
    name: definition.title,
    nodes: [
      ...inputs,
      { id: 'op', name: 'op', layer: operatorLayer(definition.id), config: {}, position: at },
      ...outputs,
    ],
    edges: edges.map(([from, to]) => ({ id: edgeId(from, to), from, to })),
    operators: [definition],
  };
}
