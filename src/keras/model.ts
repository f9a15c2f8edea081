import { check } from '../check/check.ts';
import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { isInput } from '../layers/input.ts';
import type { Shape } from '../layers/layer.ts';
import { expectCounterparts } from '../python/counterpart.ts';
import { type Draft, type Library, networkDraft } from '../python/draft.ts';
import { Names } from '../python/names.ts';
import { literal } from '../python/values.ts';
import { isImage } from './axes.ts';
import { functionsOf, SEPARATOR } from './functions.ts';
import { layerForm } from './layerObjects.ts';
import { functionName, memberName, RESERVED } from './names.ts';
import { ownLayers, ownSources } from './ownLayers.ts';

// Layers have their names in strings, which may be any.
const keras: Library = { form: layerForm, reservedMembers: [], reserved: RESERVED, memberName, unitName: functionName };

/** A network as a model of Keras. */
export interface KerasModel {
  /** Source of model.py. */
  readonly source: string;
  /** Name of the model in Keras. */
  readonly name: string;
  /** The layers of the model, by their names in Netloom, with their names in Keras. */
  readonly layers: ReadonlyMap<string, { readonly name: string; readonly node: CheckedNode }>;
  /** Some values have the data format of Keras. */
  readonly hasImages: boolean;
}

/** The network in Keras 3. Throws UserError for a layer that Keras does not have. */
export function kerasModel(graph: CheckedGraph): KerasModel {
  const { document, nodes } = graph;
  expectCounterparts(graph, keras, 'Keras');
  const draft = networkDraft(document, check(document), keras);
  const { sources, name } = functionsOf(draft, Object.keys(ownLayers));
  const used = usedNodes(nodes);
  const layers = new Map(
    draft.leaves.flatMap(({ path, members }) => {
      const node = used.get(path);
      return node === undefined ? [] : [[path, { name: members.join(SEPARATOR), node }] as const];
    }),
  );
  const hasImages = [...used.values()].some(({ inputs, outputs }) =>
    [...Object.values(inputs), ...Object.values(outputs)].some(isImage),
  );
  const body = [makeModel(graph, draft, name), LOAD_WEIGHTS];
  const own = ownSources(calledOwn(sources));
  const all = [...own, ...(hasImages ? [IMAGE] : []), ...sources, ...body];
  const source = `${header(document.name, all, hasImages)}${all.join('\n\n')}`;
  return { source, name, layers, hasImages };
}

/** The layers on which an output depends, by their names. Others are not in a model of Keras. */
function usedNodes(nodes: readonly CheckedNode[]): ReadonlyMap<string, CheckedNode> {
  const byId = new Map(nodes.map((each) => [each.node.id, each]));
  const used = new Map<string, CheckedNode>();
  const stack = nodes.filter(({ layer }) => layer.output !== undefined);
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    if (used.has(each.node.name)) continue;
    used.set(each.node.name, each);
    for (const { node } of Object.values(each.from)) stack.push(byId.get(node) as CheckedNode);
  }
  return used;
}

const calledOwn = (sources: readonly string[]): readonly string[] =>
  Object.keys(ownLayers).filter((name) => sources.some((source) => new RegExp(`[ =]${name}\\(`).test(source)));

const IMAGE = `def image(channels, height, width):
    """Shape of an image."""
    return (height, width, channels) if DATA_FORMAT == "channels_last" else (channels, height, width)
`;

const LOAD_WEIGHTS = `def load_weights(model, path):
    """Loads a safetensors file. Its tensors have the names of the layers and of their variables."""
    tensors = load_file(path)
    for layer in model.layers:
        for variable in layer.weights:
            variable.assign(tensors[f"{layer.name}.{variable.name}"].reshape(variable.shape))
`;

function header(title: string, sources: readonly string[], hasImages: boolean): string {
  const uses = (name: string): boolean => sources.some((source) => new RegExp(`\\b${name}\\.`).test(source));
  const axes = `
# "channels_last", unless Keras is configured otherwise before this import:
# keras.config.set_image_data_format("channels_first"). The weights are the same.
DATA_FORMAT = keras.config.image_data_format()
CHANNELS, HEIGHT, WIDTH = (3, 1, 2) if DATA_FORMAT == "channels_last" else (1, 2, 3)
# The drawing has channels first: permutations of the axes of an image.
TO_DRAWING = (CHANNELS, HEIGHT, WIDTH)
FROM_DRAWING = (2, 3, 1) if DATA_FORMAT == "channels_last" else (1, 2, 3)
`;
  const used = hasImages
    ? axes
        .split('\n')
        .filter((line) => !/^(TO_DRAWING|FROM_DRAWING|# The drawing)/.test(line) || isUsed(line, sources))
        .join('\n')
    : '';
  const imports = [
    'import keras\n',
    ...(uses('numpy') ? ['import numpy\n'] : []),
    `from keras import layers${uses('ops') ? ', ops' : ''}\n`,
    'from safetensors.numpy import load_file\n',
  ];
  const name = title.replace(/[\\"]/g, ' ').trim();
  return `"""${name === '' ? 'A network' : name}, drawn in Netloom."""\n\n${imports.join('')}${used}\n\n`;
}

const PERMUTATIONS = ['TO_DRAWING', 'FROM_DRAWING'];

/** A constant of the header is used; the comment belongs to both. */
const isUsed = (line: string, sources: readonly string[]): boolean =>
  PERMUTATIONS.filter((name) => line.startsWith('#') || line.startsWith(`${name} `)).some((name) =>
    sources.some((source) => source.includes(`(${name}`)),
  );

/** The function that makes the model: its inputs, and the outputs that the network computes of them. */
function makeModel({ nodes }: CheckedGraph, { members }: Draft, name: string): string {
  const names = new Names(members.map(({ attribute }) => attribute));
  const inputs = nodes
    .filter(({ layer }) => isInput(layer.type))
    .map(({ node, outputs }) => {
      const shape = shapeText(Object.values(outputs)[0] ?? []);
      return `keras.Input(${shape}, name=${literal(names.take(memberName(node.name, 'input')))})`;
    });
  const made =
    inputs.length === 1
      ? `    inputs = ${inputs[0]}\n    outputs = ${name}(inputs)\n`
      : `    inputs = [\n${inputs.map((input) => `        ${input},\n`).join('')}    ]\n    outputs = ${name}(*inputs)\n`;
  return `def make_model():\n${made}    return keras.Model(inputs, outputs, name=${literal(name)})\n`;
}

const shapeText = (shape: Shape): string => (isImage(shape) ? `image(${shape.join(', ')})` : literal(shape));
