import { fedFacts } from '../data/known.ts';
import type { Fix } from '../graph/diagnostic.ts';
import type { Config, DataFacts, DocumentNode, EdgeEnd } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { flatten } from '../layers/flatten.ts';
import { layerOf, outputFor } from '../layers/index.ts';
import { input, isInput } from '../layers/input.ts';
import type { LayerDef, NewLayer, Shape } from '../layers/layer.ts';
import { linear } from '../layers/linear.ts';
import type { Text } from '../text.ts';
import { type Drawing, outputsOf, type UsedNames } from './drawing.ts';
import { listed, nodeBeside } from './fixes.ts';
import type { Report } from './report.ts';

/** Distance of cards in a column. */
const BELOW = 130;

/** Reports a missing input or output. */
export function reportEnds(
  drawing: Drawing,
  ends: { readonly inputs: boolean; readonly outputs: boolean },
  used: ReadonlySet<string>,
  report: Report,
): void {
  const facts = fedFacts(drawing.doc.data);
  const missing = (code: string, en: string, zh: string, fix: () => Fix): void =>
    report({
      code,
      node: null,
      port: null,
      message: { en: `The network has no ${en}. Add one.`, zh: `网络没有${zh}。请添加。` },
      fixes: drawing.offering ? [fix()] : [],
    });
  if (!ends.inputs) missing('no-input', 'input', '输入', () => addInput(drawing, used, facts));
  if (!ends.outputs) missing('no-output', 'output', '输出', () => addOutput(drawing, facts));
}

/** Fix: an input with the shape of the dataset, connected to the first layer without an input. */
function addInput(
  { doc, byId, wiring, kinds, taken }: Drawing,
  used: ReadonlySet<string>,
  facts: DataFacts | null,
): Fix {
  const waiting = (id: string): EdgeEnd[] => {
    const edges = wiring.into.get(id);
    const port = kinds.get(id)?.ports.inputs.find((name) => !edges?.has(name));
    return port === undefined ? [] : [{ node: id, port }];
  };
  const open = wiring.order.flatMap(waiting);
  const to = open.find(({ node }) => used.has(node)) ?? open[0];
  const target = to && byId.get(to.node);
  const top = doc.nodes.length === 0 ? BELOW : Math.min(...doc.nodes.map(({ position }) => position.y));
  const position = target?.position ?? { x: doc.nodes[0]?.position.x ?? 0, y: top };
  const shape = facts?.inputs[0]?.shape;
  const config: Config = shape === undefined ? {} : { shape: [...shape] };
  const node = nodeBeside(taken(), input, { x: position.x, y: position.y - BELOW }, config);
  const add: Edit = { kind: 'addNode', node };
  if (to === undefined || target === undefined) {
    return { title: { en: `Add an input: ${input.title.en}`, zh: `添加输入：${input.title.zh}` }, edits: [add] };
  }
  return {
    title: {
      en: `Add ${input.title.en} and connect it to “${target.name}”`,
      zh: `添加${input.title.zh}并连接到“${target.name}”`,
    },
    edits: [add, { kind: 'connect', from: { node: node.id, port: 'y' }, to }],
  };
}

/** Fix: an output for the targets of the dataset, after the last layer, with the layers needed in between. */
function addOutput(drawing: Drawing, facts: DataFacts | null): Fix {
  const { doc, byId, wiring, taken } = drawing;
  const last = wiring.order.findLast(
    (id) => (wiring.outOf.get(id) ?? []).length === 0 && Object.keys(outputsOf(drawing, id) ?? {}).length > 0,
  );
  const source = last === undefined ? undefined : byId.get(last);
  const [port, shape] = Object.entries(last === undefined ? {} : (outputsOf(drawing, last) ?? {}))[0] ?? [];
  const rows = outputRows(source !== undefined && isInput(source.layer) ? undefined : shape, facts);
  const bottom = doc.nodes.length === 0 ? -BELOW : Math.max(...doc.nodes.map(({ position }) => position.y));
  const from = source?.position ?? { x: doc.nodes[0]?.position.x ?? 0, y: bottom };
  const edits: Edit[] = [];
  let end = source === undefined || port === undefined || isInput(source.layer) ? null : { node: source.id, port };
  let known = taken();
  const titles: Text[] = [];
  rows.forEach((row, i) => {
    const layer = layerOf(row.layer) as LayerDef;
    const node = nodeBeside(known, layer, { x: from.x, y: from.y + BELOW * (i + 1) }, row.config);
    known = withNode(known, node);
    titles.push(layer.title);
    edits.push({ kind: 'addNode', node });
    if (end !== null) edits.push({ kind: 'connect', from: end, to: { node: node.id, port: layer.inputs[0] ?? '' } });
    end = { node: node.id, port: layer.outputs[0] ?? '' };
  });
  const [en, zh] = [
    listed(
      titles.map((title) => title.en),
      ' and ',
    ),
    listed(
      titles.map((title) => title.zh),
      '和',
    ),
  ];
  if (source === undefined || isInput(source.layer)) {
    return { title: { en: `Add an output: ${en}`, zh: `添加输出：${zh}` }, edits };
  }
  return { title: { en: `Add ${en} after “${source.name}”`, zh: `在“${source.name}”之后添加${zh}` }, edits };
}

/** Layers from a shape to an output for the dataset; without a shape only the output. */
function outputRows(shape: Shape | undefined, facts: DataFacts | null): NewLayer[] {
  const target = facts?.targets[0];
  const classes = target?.classes ?? (target === undefined && shape?.length === 1 ? (shape[0] ?? 0) : 10);
  const numbers = target !== undefined && target.classes === null;
  const wanted = numbers ? (target.shape[0] ?? 1) : Math.max(2, classes);
  const output: NewLayer = numbers
    ? { layer: outputFor('numbers').type, config: {} }
    : { layer: outputFor('class').type, config: { classes: wanted } };
  if (shape === undefined) return [output];
  return [
    ...(shape.length > 1 ? [{ layer: flatten.type, config: {} }] : []),
    ...(shape.length > 1 || shape[0] !== wanted ? [{ layer: linear.type, config: { outFeatures: wanted } }] : []),
    output,
  ];
}

const withNode = ({ names, ids }: UsedNames, { name, id }: DocumentNode): UsedNames => ({
  names: new Set([...names, name]),
  ids: new Set([...ids, id]),
});
