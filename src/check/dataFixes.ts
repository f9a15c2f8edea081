import { inputField, inputMisfit, targetField, targetMisfit } from '../data/fit.ts';
import { knownData, knownFacts, withOtherSource } from '../data/known.ts';
import type { Fix } from '../graph/diagnostic.ts';
import type { Config, DataFacts, DocumentNode, EdgeEnd } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { shapeText } from '../layers/config.ts';
import { flatten } from '../layers/flatten.ts';
import { globalAvgPool2d } from '../layers/globalAvgPool2d.ts';
import { layerOf, outputFor } from '../layers/index.ts';
import type { LayerDef, NewLayer, Shape } from '../layers/layer.ts';
import { linear } from '../layers/linear.ts';
import { reshape } from '../layers/reshape.ts';
import { upsample } from '../layers/upsample.ts';
import { zeroPad2d } from '../layers/zeroPad2d.ts';
import type { Text } from '../text.ts';
import type { Ends } from './dataProblems.ts';
import type { Drawing } from './drawing.ts';
import { joined, nodeBeside, replaceFix, setConfigFix } from './fixes.ts';
import { featuresFix, insertFix } from './layerFixes.ts';
import { leadingTo } from './order.ts';

type Input = Ends['inputs'][number];
type Output = Ends['outputs'][number];
type Target = DataFacts['targets'][number];

/** Max number of other datasets to offer. */
const OFFERED = 2;

/** Fixes: other datasets that fit the network without changes. */
export function otherData({ doc: { data } }: Drawing, ends: Ends): Fix[] {
  const fits = (source: string): boolean => {
    const facts = knownFacts(source);
    if (facts === null || source === data.source) return false;
    return (
      ends.inputs.every((input) => {
        const field = inputField(facts.inputs, input, ends.inputs.length);
        return field !== null && inputMisfit(field, input) === null;
      }) &&
      ends.outputs.every((output) => {
        if (output.shape === null) return false;
        const whole = { ...output, shape: output.shape };
        const field = targetField(facts.targets, whole, ends.outputs.length);
        return field !== null && targetMisfit(field, whole) === null;
      })
    );
  };
  // Whoever brings own data wants to train on it.
  if (data.facts !== undefined) return [];
  return knownData
    .filter(fits)
    .slice(0, OFFERED)
    .map((source) => ({
      title: { en: `Train on dataset “${source}”`, zh: `改用数据集“${source}”训练` },
      edits: [{ kind: 'setData', data: withOtherSource(data, source) }],
    }));
}

/** Own images in the size and with the channels that an input expects. */
export function resizedImages({ doc: { data } }: Drawing, { shape }: Input): Fix[] {
  const [channels, height, width] = shape;
  if (data.image === undefined || data.facts === undefined) return [];
  if (shape.length !== 3 || (channels !== 1 && channels !== 3) || height === undefined || width === undefined)
    return [];
  const inputs = data.facts.inputs.map((input) => ({ ...input, shape }));
  const [size, color] = [
    `${height}×${width}`,
    channels === 1 ? { en: 'gray', zh: '灰度' } : { en: 'color', zh: '彩色' },
  ];
  return [
    {
      title: { en: `Resize the images to ${size}, ${color.en}`, zh: `将图像调整为 ${size} ${color.zh}` },
      edits: [
        {
          kind: 'setData',
          data: { ...data, image: { ...data.image, channels, height, width }, facts: { ...data.facts, inputs } },
        },
      ],
    },
  ];
}

const DIGITS = 'mnist';

/** Fixes for a missing dataset: train on MNIST, with inputs and outputs changed to fit. */
export function trainOnMnist(drawing: Drawing, { inputs, outputs }: Ends): Fix[] {
  const { data, recipe } = drawing.doc;
  const [input, output] = [inputs[0], outputs[0]];
  const facts = knownFacts(DIGITS);
  const [field, target] = [facts?.inputs[0], facts?.targets[0]];
  if (inputs.length !== 1 || outputs.length !== 1 || input === undefined || output === undefined) return [];
  if (field === undefined || target === undefined || output.shape === null) return [];
  const same = inputMisfit(field, input) === null;
  const ways: readonly WayIn[] = same ? [{ title: null, edits: [] }] : waysIn(drawing, input, field.shape);
  const answers = tenClasses(drawing, output, target);
  if (answers === null) return [];
  // Schedules for millions of images are replaced: training on digits takes minutes.
  const epochs = Math.min(recipe.epochs, EPOCHS);
  const shortened: Edit[] = epochs === recipe.epochs ? [] : [{ kind: 'setRecipe', recipe: { ...recipe, epochs } }];
  return ways.map(({ title, edits, ...fallback }) => ({
    ...fallback,
    title: {
      en: `Train on images of handwritten digits “${DIGITS}”: input ${shapeText(field.shape)}${title === null ? '' : `, ${title.en}`}, ${target.classes} classes`,
      zh: `改用手写数字图像“${DIGITS}”训练：输入 ${shapeText(field.shape)}${title === null ? '' : `，${title.zh}`}，${target.classes} 类`,
    },
    edits: [{ kind: 'setData', data: withOtherSource(data, DIGITS) }, ...edits, ...answers, ...shortened],
  }));
}

const EPOCHS = 10;

/** Edits that set the number of classes of an output; null if the drawing has no layer for it. */
function tenClasses(drawing: Drawing, output: Output, target: Target): readonly Edit[] | null {
  const { shape, answers, node, inference } = output;
  const classes = target.classes ?? 0;
  if (answers !== 'class') return answerFixes(drawing, output, target)[0]?.edits ?? null;
  if (shape?.[0] === classes) return [];
  const features = featuresFix(drawing, node, { port: 'x', value: classes });
  // More logits than classes do no harm.
  if (features === null) return (shape?.[0] ?? 0) > classes ? [] : null;
  return [...setConfigFix(node, inference.kind.layer, 'classes', classes).edits, ...features.edits];
}

/** A way to change an input to another sample shape. */
interface WayIn {
  /** Layer added after the input, in words; null for none. */
  readonly title: Text | null;
  readonly edits: readonly Edit[];
  readonly fallback?: true;
}

const numbersIn = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/** Max padding for slightly smaller images, so that all layers after the input keep their sizes. */
const MOST_PADDING = 8;
/** Scale factors to try if a network needs larger images. */
const SCALES = [2, 3, 4, 8] as const;

/** Ways to change an input to that shape, best first. Check tries which ones the following layers accept. */
function waysIn(drawing: Drawing, input: Input, shape: Shape): readonly WayIn[] {
  const set = setConfigFix(input.node, input.inference.kind.layer, 'shape', [...shape]).edits;
  const behind = (row: NewLayer, title: Text): WayIn => ({
    title,
    edits: [...set, ...layerBehind(drawing, input.node, row)],
  });
  const direct: WayIn = { title: null, edits: set };
  const flattened = behind({ layer: flatten.type, config: {} }, { en: 'flattened', zh: '展平' });
  if (shape.length > 1 && input.shape.length === 1) return [direct, flattened];
  if (shape.length !== 3) {
    // Pixels in columns of a table become an image again.
    if (numbersIn(shape) !== numbersIn(input.shape)) return [direct];
    const row = { layer: reshape.type, config: { shape: [...input.shape] } };
    const sides = shapeText(input.shape);
    return [direct, behind(row, { en: `reshaped to ${sides}`, zh: `变形为 ${sides}` })];
  }
  if (input.shape.length !== 3) return [direct, flattened];
  const size = input.shape.slice(1);
  const more = size.map((cells, i) => cells - (shape[i + 1] ?? 0));
  const padded = behind(
    { layer: zeroPad2d.type, config: { before: more.map((by) => by >> 1), after: more.map((by) => by - (by >> 1)) } },
    { en: `padded to ${size.join('×')}`, zh: `填充到 ${size.join('×')}` },
  );
  const close = more.every((by) => by >= 0 && by <= MOST_PADDING) && more.some((by) => by > 0);
  const larger = (sides: Shape, config: Config): WayIn => {
    const title = { en: `enlarged to ${sides.join('×')}`, zh: `放大到 ${sides.join('×')}` };
    return { ...behind({ layer: upsample.type, config: { mode: 'bilinear', ...config } }, title), fallback: true };
  };
  const scaled = SCALES.map((scale) =>
    larger(
      shape.slice(1).map((cells) => cells * scale),
      { by: 'scale', scale: [scale] },
    ),
  );
  // Tiny images for a large network.
  const whole = more.every((by) => by > 0) ? [larger(size, { by: 'size', size })] : [];
  const enlarged = [...scaled, ...whole];
  return [...(close ? [padded] : []), direct, ...enlarged];
}

/** Fixes that change an input to that shape. */
export const inputFixes = (drawing: Drawing, input: Input, shape: Shape): Fix[] =>
  waysIn(drawing, input, shape).map(({ title, edits, ...fallback }) => {
    const set = setConfigFix(input.node, input.inference.kind.layer, 'shape', [...shape]).title;
    return {
      ...fallback,
      title: title === null ? set : { en: `${set.en}, ${title.en}`, zh: `${set.zh}，${title.zh}` },
      edits,
    };
  });

/** Edits that insert a layer after a node, on all its edges. */
function layerBehind({ wiring, taken }: Drawing, node: DocumentNode, { layer: type, config }: NewLayer): Edit[] {
  const layer = layerOf(type) as LayerDef;
  const added = nodeBeside(taken(), layer, node.position, config);
  const [input = '', output = ''] = [layer.inputs[0], layer.outputs[0]];
  const edges = wiring.outOf.get(node.id) ?? [];
  const [first, ...others] = edges;
  if (first === undefined) return [];
  const from: EdgeEnd = { node: added.id, port: output };
  return [
    { kind: 'insertNode', node: added, edge: first.id, input, output },
    ...others.map(({ to }): Edit => ({ kind: 'connect', from, to })),
  ];
}

/** Fixes that change an output to the targets of the dataset. */
export function answerFixes(drawing: Drawing, output: Output, target: Target): Fix[] {
  const { node, shape, answers, inference } = output;
  const wanted = target.classes ?? target.shape.reduce((a, b) => a * b, 1);
  const kind = target.classes === null ? 'numbers' : answers === 'binary' && target.classes === 2 ? 'binary' : 'class';
  const layer = outputFor(kind);
  if (shape === null) return [];
  const count = kind === 'binary' ? 1 : wanted;
  const fixes: Fix[] = [];
  if (node.layer !== layer.type) fixes.push(replaceFix(node, layer, kind === 'class' ? { classes: wanted } : {}));
  else if (kind === 'class') fixes.push(setConfigFix(node, inference.kind.layer, 'classes', wanted));
  if (shape.length === 1 && shape[0] === count) return [joined(fixes)];
  const port = Object.keys(inference.inputs)[0] ?? '';
  const scores = { layer: linear.type, config: { outFeatures: count } };
  // For images, global average pooling needs few weights (Lin, Chen and Yan 2013).
  const flat = [...(shape.length === 3 ? [globalAvgPool2d] : []), ...(shape.length > 1 ? [flatten] : [])];
  const inserted = insertFix(drawing, node, port, [...flat.map(({ type }) => ({ layer: type, config: {} })), scores]);
  const features = shape.length === 1 ? featuresFix(drawing, node, { port, value: count }) : null;
  const head = features === null || kind !== 'class' ? null : headFix(drawing, [...fixes, features], wanted);
  return [features, inserted]
    .flatMap((fix) => (fix === null ? [] : [joined([...fixes, fix])]))
    .toSpliced(1, 0, ...(head === null ? [] : [head]));
}

/**
 * Fix for a trained network and own data: the layer that determines the number of classes gets random weights, and the next
 * run starts all others from the weights that they have.
 */
function headFix({ doc }: Drawing, fixes: readonly Fix[], classes: number): Fix | null {
  if (doc.data.facts === undefined) return null;
  const { edits } = joined(fixes);
  const changed = edits.findLast((edit) => edit.kind === 'setConfig');
  if (changed === undefined) return null;
  return {
    title: {
      en: `Replace the head for ${classes} classes and start the other layers from their current weights`,
      zh: `按 ${classes} 个类别替换输出头，其他层从现有权重开始`,
    },
    edits: [
      ...edits,
      { kind: 'renewWeights', node: changed.node },
      { kind: 'setFrozen', node: changed.node, frozen: false },
      { kind: 'setRecipe', recipe: { ...doc.recipe, start: 'held' } },
    ],
  };
}

/** Fixes that keep one of several inputs or outputs. */
export function oneOfEach({ doc, wiring, byId }: Drawing, { inputs, outputs }: Ends): Fix[] {
  const fixes: Fix[] = [];
  if (outputs.length > 1) {
    for (const { node } of outputs) {
      const kept = leadingTo([node.id], wiring.into);
      const gone = doc.nodes.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
      fixes.push({
        title: {
          en: `Keep the layers before “${node.name}”, remove ${gone.length} ${gone.length === 1 ? 'layer' : 'layers'}`,
          zh: `保留“${node.name}”之前的层，删除 ${gone.length} 层`,
        },
        edits: [{ kind: 'removeNodes', nodes: gone, heal: false }],
      });
    }
  }
  const [first, ...others] = inputs;
  if (outputs.length === 1 && first !== undefined) {
    for (const { node } of others) {
      const edges = wiring.outOf.get(node.id) ?? [];
      const fed = [...new Set(edges.map(({ to }) => byId.get(to.node)?.name ?? to.node))];
      fixes.push({
        title: {
          en: `Connect “${first.name}” to “${fed.join('”, “')}”, remove “${node.name}”`,
          zh: `将“${first.name}”连接到“${fed.join('”“')}”，删除“${node.name}”`,
        },
        edits: [
          ...edges.map(({ to }): Edit => ({ kind: 'connect', from: { node: first.node.id, port: 'y' }, to })),
          { kind: 'removeNodes', nodes: [node.id], heal: false },
        ],
      });
    }
  }
  return fixes;
}

/** Fix that renames inputs and outputs to the fields that they fit. */
export function renamedEnds(ends: Ends, inputs: DataFacts['inputs'], targets: DataFacts['targets']): Fix[] {
  const names = new Map<string, string>();
  const assign = <
    F extends { readonly name: string },
    E extends { readonly name: string; readonly node: DocumentNode },
  >(
    fields: readonly F[],
    all: readonly E[],
    fits: (field: F, end: E) => boolean,
  ): boolean => {
    const free = fields.filter(({ name }) => all.every((end) => end.name !== name));
    for (const end of all) {
      if (fields.some(({ name }) => name === end.name)) continue;
      const at = free.findIndex((field) => fits(field, end));
      const [field] = at < 0 ? [] : free.splice(at, 1);
      if (field === undefined) return false;
      names.set(end.node.id, field.name);
    }
    return true;
  };
  const whole =
    assign(inputs, ends.inputs, (field, input) => inputMisfit(field, input) === null) &&
    assign(targets, ends.outputs, (field, output) => {
      return output.shape !== null && targetMisfit(field, { ...output, shape: output.shape }) === null;
    });
  if (!whole || names.size === 0) return [];
  const all = [...ends.inputs, ...ends.outputs].flatMap(({ node }) => {
    const name = names.get(node.id);
    return name === undefined ? [] : [{ node, name }];
  });
  return [
    {
      title: {
        en: all.map(({ node, name }, i) => `${i === 0 ? 'Rename' : 'rename'} “${node.name}” to “${name}”`).join(', '),
        zh: all.map(({ node, name }) => `将“${node.name}”重命名为“${name}”`).join('，'),
      },
      edits: all.map(({ node, name }): Edit => ({ kind: 'renameNode', node: node.id, name })),
    },
  ];
}
