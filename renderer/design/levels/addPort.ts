import { freshName } from '../../../src/graph/freshName.ts';
import { INPUT_PORT, inputPortId, OUTPUT_PORT, outputPortId, portPlaces } from '../../../src/graph/insideDrawing.ts';
import { focusItem } from '../../state/levels/focusItem.ts';
import { useDocument } from '../../state/stores/stores.ts';

/** Adds a port, still without an edge, to the entered block. */
export function addPort(side: 'inputs' | 'outputs'): void {
  const { levels, document, edit } = useDocument.getState();
  const body = levels.at(-1)?.body;
  if (body === undefined) return;
  const [layer, idOf, base] =
    side === 'inputs' ? ([INPUT_PORT, inputPortId, 'x'] as const) : ([OUTPUT_PORT, outputPortId, 'y'] as const);
  const name = freshName(base, new Set(body[side].map((port) => port.name)));
  const id = idOf(body[side].length);
  const more =
    side === 'inputs' ? { inputs: [...body.inputs, { name, to: [] }] } : { outputs: [...body.outputs, { name }] };
  const position = portPlaces({ ...body, ...more }, document.direction).get(id) ?? { x: 0, y: 0 };
  edit([{ kind: 'addNode', node: { id, layer, name, config: {}, position } }]);
  if (useDocument.getState().document.nodes.some((node) => node.id === id)) focusItem(id);
}
