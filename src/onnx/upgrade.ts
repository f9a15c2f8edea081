import { clone, create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type GraphProto,
  GraphProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from './gen/onnx_pb.ts';
import { domainOf } from './read.ts';

/** Names and constants of the graph whose nodes are converted. */
export interface UpgradeScope {
  /** A name that the graph does not use yet, beginning with `base`. */
  fresh(base: string): string;
  /** The values of a constant; undefined if they are not known. */
  numbersOf(name: string): readonly number[] | undefined;
}

/** A node cannot be written at the opset. `least` and `most` are the opsets of its form. */
export class NoUpgrade extends Error {
  override readonly name = 'NoUpgrade';
  constructor(
    readonly opType: string,
    readonly from: number,
    readonly to: number,
  ) {
    super(`${opType} of opset ${from} has no form at opset ${to}`);
  }
}

/** The nodes that do the same in the form of opset `at`; null if there are none. */
type Form = (node: NodeProto, scope: UpgradeScope) => readonly NodeProto[] | null;

interface Change {
  readonly at: number;
  readonly form: Form;
}

const attribute = ({ attribute: all }: NodeProto, name: string): AttributeProto | undefined =>
  all.find((each) => each.name === name);

const intOf = (node: NodeProto, name: string, otherwise: number): number => {
  const found = attribute(node, name);
  return found === undefined ? otherwise : Number(found.i);
};

const stringOf = (node: NodeProto, name: string, otherwise: string): string => {
  const found = attribute(node, name);
  return found === undefined ? otherwise : new TextDecoder().decode(found.s);
};

const intAttribute = (name: string, value: number): AttributeProto =>
  create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });

const stringAttribute = (name: string, value: string): AttributeProto =>
  create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });

const withoutAttributes = (node: NodeProto, ...names: readonly string[]): NodeProto => ({
  ...node,
  attribute: node.attribute.filter(({ name }) => !names.includes(name)),
});

/** A node with the constant as its only output. */
function constantNode(scope: UpgradeScope, base: string, tensor: Partial<TensorProto>): NodeProto {
  const t = create(TensorProtoSchema, tensor as object);
  const name = scope.fresh(base);
  const value = create(AttributeProtoSchema, { name: 'value', type: AttributeType.TENSOR, t });
  return create(NodeProtoSchema, { name, opType: 'Constant', output: [name], attribute: [value] });
}

const ints = (scope: UpgradeScope, base: string, values: readonly bigint[]): NodeProto =>
  constantNode(scope, base, {
    dataType: DataType.INT64,
    dims: [BigInt(values.length)],
    int64Data: [...values],
  });

const floats = (scope: UpgradeScope, base: string, values: readonly number[], scalar: boolean): NodeProto =>
  constantNode(scope, base, {
    dataType: DataType.FLOAT,
    dims: scalar ? [] : [BigInt(values.length)],
    floatData: [...values],
  });

/** Inputs with `name` at `at`; inputs between are left out. */
const withInput = (input: readonly string[], at: number, name: string): string[] =>
  Array.from({ length: Math.max(input.length, at + 1) }, (_, i) => (i === at ? name : (input[i] ?? '')));

/** Moves lists of integers from attributes to inputs, given by their positions. */
const movedInts =
  (positions: Readonly<Record<string, number>>): Form =>
  (node, scope) => {
    const constants: NodeProto[] = [];
    let { input } = node;
    for (const [name, at] of Object.entries(positions)) {
      const found = attribute(node, name);
      if (found === undefined) continue;
      const values = found.type === AttributeType.INT ? [found.i] : found.ints;
      const constant = ints(scope, `${node.output[0]}/${name}`, values);
      constants.push(constant);
      input = withInput(input, at, constant.output[0] as string);
    }
    return [...constants, { ...withoutAttributes(node, ...Object.keys(positions)), input }];
  };

/** Moves single numbers from attributes to inputs. */
const movedFloats =
  (positions: Readonly<Record<string, number>>): Form =>
  (node, scope) => {
    const constants: NodeProto[] = [];
    let { input } = node;
    for (const [name, at] of Object.entries(positions)) {
      const found = attribute(node, name);
      if (found === undefined) continue;
      const constant = floats(scope, `${node.output[0]}/${name}`, [found.f], true);
      constants.push(constant);
      input = withInput(input, at, constant.output[0] as string);
    }
    return [...constants, { ...withoutAttributes(node, ...Object.keys(positions)), input }];
  };

const both =
  (first: Form, second: Form): Form =>
  (node, scope) => {
    const made = first(node, scope);
    const last = made?.at(-1);
    const then = last === undefined ? null : second(last, scope);
    return made === null || then === null ? null : [...made.slice(0, -1), ...then];
  };

/** Before opset 13, Softmax treats all axes from `axis` on as one. */
const flatSoftmax: Form = (node, scope) => {
  const [x = ''] = node.input;
  const [y = ''] = node.output;
  const axis = intOf(node, 'axis', 1);
  const [shape, rows, soft] = ['shape', 'rows', 'soft'].map((part) => scope.fresh(`${y}/${part}`)) as [
    string,
    string,
    string,
  ];
  return [
    create(NodeProtoSchema, { name: shape, opType: 'Shape', input: [x], output: [shape] }),
    create(NodeProtoSchema, {
      name: rows,
      opType: 'Flatten',
      input: [x],
      output: [rows],
      attribute: [intAttribute('axis', axis)],
    }),
    { ...withoutAttributes(node, 'axis'), input: [rows], output: [soft], attribute: [intAttribute('axis', -1)] },
    create(NodeProtoSchema, { name: `${y}/whole`, opType: 'Reshape', input: [soft, shape], output: [y] }),
  ];
};

/** Resize of opset 10: corners are not aligned, and the nearest element is found without rounding up. */
const firstResize: Form = (node, scope) => {
  const [x = '', scales = ''] = node.input;
  const factors = scope.numbersOf(scales);
  const mode = stringOf(node, 'mode', 'nearest');
  const smaller = factors === undefined ? null : factors.some((factor) => factor < 1);
  // The runtime rounds up where it shrinks; a mix has no form in later opsets.
  if (mode === 'nearest' && (smaller === null || (smaller && factors?.some((factor) => factor > 1)))) return null;
  return [
    {
      ...node,
      input: [x, '', scales],
      attribute: [
        ...node.attribute,
        stringAttribute('coordinate_transformation_mode', 'asymmetric'),
        ...(mode === 'nearest' ? [stringAttribute('nearest_mode', smaller ? 'ceil' : 'floor')] : []),
      ],
    },
  ];
};

const upsampleToResize: Form = (node) => [
  {
    ...node,
    opType: 'Resize',
    input: [node.input[0] ?? '', '', node.input[1] ?? ''],
    attribute: [
      ...node.attribute,
      stringAttribute('coordinate_transformation_mode', 'asymmetric'),
      stringAttribute('nearest_mode', 'floor'),
    ],
  },
];

/** Scan of opset 8 has a batch axis: a Scan over it holds that of opset 9. Lengths per sample have no later form. */
const batchedScan: Form = (node, scope) => {
  const [lengths = '', ...input] = node.input;
  const body = attribute(node, 'body')?.g;
  if (lengths !== '' || body === undefined) return null;
  const own = (names: readonly string[], kind: string): string[] =>
    names.map((_, i) => scope.fresh(`${node.output.find((name) => name !== '')}/${kind}${i}`));
  const [each, results] = [own(input, 'sample'), own(node.output, 'result')];
  const directions = attribute(node, 'directions');
  const inner = create(NodeProtoSchema, {
    opType: 'Scan',
    input: each,
    output: results,
    attribute: [
      create(AttributeProtoSchema, { name: 'body', type: AttributeType.GRAPH, g: upgradedGraph(body, 8, 9, scope) }),
      intAttribute('num_scan_inputs', intOf(node, 'num_scan_inputs', 1)),
      ...(directions === undefined ? [] : [{ ...directions, name: 'scan_input_directions' }]),
    ],
  });
  const info = (name: string) => create(ValueInfoProtoSchema, { name });
  const sample = create(GraphProtoSchema, {
    name: 'sample',
    node: [inner],
    input: each.map(info),
    output: results.map(info),
  });
  return [
    {
      ...node,
      input,
      attribute: [
        create(AttributeProtoSchema, { name: 'body', type: AttributeType.GRAPH, g: sample }),
        intAttribute('num_scan_inputs', input.length),
      ],
    },
  ];
};

const reduceAxes: Change = { at: 18, form: movedInts({ axes: 1 }) };

const never: Form = () => null;

/**
 * Changes of the meaning of ops between opsets 7 and 26, by op; all other new versions only allow more (onnx.ai/onnx/operators and
 * onnx/version_converter of https://github.com/onnx/onnx).
 */
const changes: Readonly<Record<string, readonly Change[]>> = {
  BatchNormalization: [
    {
      at: 9,
      form: (node) => (intOf(node, 'spatial', 1) === 1 ? [withoutAttributes(node, 'spatial')] : null),
    },
    {
      at: 14,
      // More outputs are those of training.
      form: (node) => (node.output.slice(1).some((name) => name !== '') ? null : [node]),
    },
  ],
  Clip: [{ at: 11, form: movedFloats({ min: 1, max: 2 }) }],
  DFT: [
    {
      at: 20,
      form(node, scope) {
        const axis = constantNode(scope, `${node.output[0]}/axis`, {
          dataType: DataType.INT64,
          dims: [],
          int64Data: [BigInt(intOf(node, 'axis', 1))],
        });
        return [
          axis,
          { ...withoutAttributes(node, 'axis'), input: withInput(node.input, 2, axis.output[0] as string) },
        ];
      },
    },
  ],
  Dropout: [{ at: 12, form: movedFloats({ ratio: 1 }) }],
  GridSample: [
    {
      at: 20,
      form(node) {
        const mode = stringOf(node, 'mode', 'bilinear');
        const now = { bilinear: 'linear', bicubic: 'cubic' }[mode] ?? mode;
        const { attribute: rest } = withoutAttributes(node, 'mode');
        return [{ ...node, attribute: [...rest, stringAttribute('mode', now)] }];
      },
    },
  ],
  GroupNormalization: [{ at: 21, form: never }],
  Hardmax: [{ at: 13, form: flatSoftmax }],
  LogSoftmax: [{ at: 13, form: flatSoftmax }],
  Pad: [{ at: 11, form: both(movedInts({ pads: 1 }), movedFloats({ value: 2 })) }],
  ReduceL1: [reduceAxes],
  ReduceL2: [reduceAxes],
  ReduceLogSum: [reduceAxes],
  ReduceLogSumExp: [reduceAxes],
  ReduceMax: [reduceAxes],
  ReduceMean: [reduceAxes],
  ReduceMin: [reduceAxes],
  ReduceProd: [reduceAxes],
  ReduceSum: [{ ...reduceAxes, at: 13 }],
  ReduceSumSquare: [reduceAxes],
  Resize: [{ at: 11, form: firstResize }],
  Scan: [{ at: 9, form: batchedScan }],
  Scatter: [{ at: 11, form: (node) => [{ ...node, opType: 'ScatterElements' }] }],
  Slice: [{ at: 10, form: movedInts({ starts: 1, ends: 2, axes: 3 }) }],
  Softmax: [{ at: 13, form: flatSoftmax }],
  Split: [
    { at: 13, form: movedInts({ split: 1 }) },
    {
      at: 18,
      form: (node) =>
        (node.input[1] ?? '') === ''
          ? [{ ...node, attribute: [...node.attribute, intAttribute('num_outputs', node.output.length)] }]
          : [node],
    },
  ],
  Squeeze: [{ at: 13, form: movedInts({ axes: 1 }) }],
  TopK: [{ at: 10, form: movedInts({ k: 1 }) }],
  Unsqueeze: [{ at: 13, form: movedInts({ axes: 1 }) }],
  Upsample: [
    {
      at: 9,
      form(node, scope) {
        const scales = floats(scope, `${node.output[0]}/scales`, attribute(node, 'scales')?.floats ?? [], false);
        const input = withInput(node.input, 1, scales.output[0] as string);
        return [scales, { ...withoutAttributes(node, 'scales'), input }];
      },
    },
    { at: 10, form: upsampleToResize },
  ],
};

/** First opset whose ops broadcast, and take inputs in place of attributes, as later ones do. */
export const OLDEST_OPSET = 7;

/**
 * Nodes of opset `from` of the default domain in the form of opset `to`, also in graphs inside them. Throws NoUpgrade where a node
 * has no such form.
 */
export function upgraded(nodes: readonly NodeProto[], from: number, to: number, scope: UpgradeScope): NodeProto[] {
  if (from === to) return [...nodes];
  return nodes.flatMap((node) => upgradedNode(node, from, to, scope));
}

function upgradedNode(node: NodeProto, from: number, to: number, scope: UpgradeScope): readonly NodeProto[] {
  const standard = domainOf(node.domain) === '';
  if (standard && (from > to || from < OLDEST_OPSET)) throw new NoUpgrade(node.opType, from, to);
  const own = standard && Object.hasOwn(changes, node.opType) ? changes[node.opType] : undefined;
  // An Upsample becomes a Resize of opset 11 at once, so it may be past changes of its own.
  const next = own?.find(({ at }) => at > from && at <= to);
  if (next === undefined) return [withGraphs(node, (graph) => upgradedGraph(graph, from, to, scope))];
  const made = next.form(node, scope);
  if (made === null) throw new NoUpgrade(node.opType, from, to);
  const reached = node.opType === 'Upsample' && next.at === 10 ? 11 : next.at;
  return made.flatMap((each) => (reached < to ? upgradedNode(each, reached, to, scope) : [each]));
}

function upgradedGraph(graph: GraphProto, from: number, to: number, scope: UpgradeScope): GraphProto {
  return { ...graph, node: upgraded(graph.node, from, to, scope) };
}

/** The node with its graphs (the branches of If, the body of Loop) replaced. */
export function withGraphs(node: NodeProto, change: (graph: GraphProto) => GraphProto): NodeProto {
  if (!node.attribute.some(({ g, graphs }) => g !== undefined || graphs.length > 0)) return node;
  const copy = clone(NodeProtoSchema, node);
  for (const each of copy.attribute) {
    if (each.g !== undefined) each.g = change(each.g);
    each.graphs = each.graphs.map(change);
  }
  return copy;
}
