import type { AttrType } from '../ir/opRules.ts';
import { OPSETS } from '../opsets.ts';
import {
  type AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './gen/onnx_pb.ts';
import { nodeSchema } from './opset.ts';
import { decodeModel, domainOf } from './read.ts';

const ATTRIBUTE_TYPES: Readonly<Record<AttrType, AttributeType>> = {
  int: AttributeType.INT,
  float: AttributeType.FLOAT,
  string: AttributeType.STRING,
  ints: AttributeType.INTS,
  floats: AttributeType.FLOATS,
};

/** Bytes per element in raw_data, for the types that Netloom reads. */
const ELEMENT_BYTES: Partial<Record<DataType, number>> = {
  [DataType.BOOL]: 1,
  [DataType.INT8]: 1,
  [DataType.UINT8]: 1,
  [DataType.INT16]: 2,
  [DataType.UINT16]: 2,
  [DataType.FLOAT16]: 2,
  [DataType.BFLOAT16]: 2,
  [DataType.FLOAT]: 4,
  [DataType.INT32]: 4,
  [DataType.UINT32]: 4,
  [DataType.INT64]: 8,
  [DataType.UINT64]: 8,
  [DataType.DOUBLE]: 8,
};

/**
 * The problems of an ONNX model, one sentence each; empty for a valid model. Applies the rules of the standard
 * checker (onnx/checker.cc and docs/IR.md of https://github.com/onnx/onnx) to models of ops that Netloom writes; any
 * other op is a problem, except in ONNX operators, whose op names are `kept`.
 */
export function validateModel(bytes: Uint8Array, kept: readonly string[] = []): string[] {
  const model = decodeModel(bytes);
  const graph = model?.graph;
  if (model === undefined || graph === undefined) return ['these bytes are not an ONNX model'];
  const problems: string[] = [];
  const versions = new Map<string, number>();
  for (const { domain, version } of model.opsetImport) {
    if (versions.has(domainOf(domain))) problems.push(`the domain '${domain}' is imported twice`);
    versions.set(domainOf(domain), Number(version));
  }
  if (model.irVersion < 3n) problems.push(`IR version ${model.irVersion} has no opsets; the minimum is 3`);
  const opset = versions.get('');
  if (opset === undefined) problems.push('no opset of the default domain is imported');
  else if (opset < OPSETS.least || opset > OPSETS.most) {
    problems.push(`opset ${opset} cannot be checked, only ${OPSETS.least} to ${OPSETS.most}`);
  }
  const keys = model.metadataProps.map(({ key }) => key);
  for (const key of repeated(keys)) problems.push(`the metadata key '${key}' occurs twice`);
  const isKept = (name: string): boolean => kept.some((each) => name.startsWith(each));
  return [
    ...problems,
    ...graphProblems(graph, isKept),
    ...graph.node.flatMap((node) => (isKept(node.name) ? [] : nodeProblems(node, versions))),
  ];
}

function repeated(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

const nodeText = ({ opType, name, output }: NodeProto): string => `${opType} '${name || output[0]}'`;

/** Checks names, the order of the nodes, inputs, outputs and initializers. */
function graphProblems(graph: GraphProto, isKept: (name: string) => boolean): string[] {
  const problems: string[] = [];
  if (graph.name === '') problems.push('the graph has no name');
  if (graph.output.length === 0) problems.push('the graph has no outputs');
  for (const [what, list] of [
    ['inputs', graph.input],
    ['outputs', graph.output],
    ['initializers', graph.initializer],
  ] as const) {
    for (const name of repeated(list.map((entry) => entry.name))) problems.push(`two ${what} are named '${name}'`);
  }
  for (const name of repeated(graph.node.map((node) => node.name).filter((name) => name !== ''))) {
    problems.push(`two nodes are named '${name}'`);
  }
  for (const value of [...graph.input, ...graph.output]) problems.push(...typeProblems(value));
  for (const tensor of graph.initializer) if (!isKept(tensor.name)) problems.push(...initializerProblems(tensor));

  const sparse = graph.sparseInitializer.map(({ values }) => ({ name: values?.name ?? '' }));
  const defined = new Set([...graph.input, ...graph.initializer, ...sparse].map(({ name }) => name));
  for (const node of graph.node) {
    for (const name of node.input) {
      if (name !== '' && !defined.has(name)) problems.push(`${nodeText(node)} uses '${name}' before it is defined`);
    }
    for (const name of node.output) {
      if (name === '') continue;
      if (defined.has(name)) problems.push(`${nodeText(node)} defines '${name}' again`);
      defined.add(name);
    }
  }
  for (const { name } of graph.output) if (!defined.has(name)) problems.push(`nothing produces the output '${name}'`);
  return problems;
}

function typeProblems({ name, type }: ValueInfoProto): string[] {
  if (name === '') return ['an input or output has no name'];
  const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
  if (tensor === undefined) return [`'${name}' has no tensor type`];
  if (!tensor.elemType || DataType[tensor.elemType] === undefined) return [`'${name}' has no element type`];
  const negative = tensor.shape?.dim.some(({ value }) => value.case === 'dimValue' && value.value < 0n);
  return negative ? [`'${name}' has a negative size`] : [];
}

function initializerProblems({ name, dims, dataType, ...data }: TensorProto): string[] {
  if (name === '') return ['an initializer has no name'];
  const count = dims.reduce((total, dim) => total * Number(dim), 1);
  const bytes = ELEMENT_BYTES[dataType as DataType];
  if (bytes === undefined) return [`the initializer '${name}' has an element type that is not supported (${dataType})`];
  if (dims.some((dim) => dim < 0n)) return [`the initializer '${name}' has a negative size`];
  if (data.dataLocation === DataLocation.EXTERNAL) return externalProblems(name, count * bytes, data.externalData);
  const typed = [data.floatData, data.int32Data, data.int64Data, data.doubleData, data.uint64Data];
  const inFields = typed.reduce((total, field) => total + field.length, 0);
  const inBytes = data.rawData.length / bytes;
  if (inFields > 0 && inBytes > 0) return [`the initializer '${name}' has its values twice`];
  const found = inFields + inBytes;
  return found === count ? [] : [`the initializer '${name}' has ${found} values, its shape [${dims}] needs ${count}`];
}

/** Checks the file and the position of values in an external file. */
function externalProblems(name: string, bytes: number, entries: TensorProto['externalData']): string[] {
  const given = new Map(entries.map(({ key, value }) => [key, value]));
  const where = `the values of the initializer '${name}'`;
  const location = given.get('location') ?? '';
  if (location === '' || /^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(location)) {
    return [`${where} are in '${location}', which is not in the folder of the model`];
  }
  const [offset, length] = [given.get('offset') ?? '0', given.get('length') ?? String(bytes)];
  if (!/^\d+$/.test(offset) || Number(length) !== bytes) {
    return [`${where} are at ${offset} in '${location}', ${length} bytes; its shape needs ${bytes}`];
  }
  return [];
}

/** Checks a node against the schema of its op at the opset of the model. */
function nodeProblems(node: NodeProto, versions: ReadonlyMap<string, number>): string[] {
  const text = nodeText(node);
  const domain = domainOf(node.domain);
  const version = versions.get(domain);
  if (version === undefined) return [`${text} is of the domain '${domain}', which the model does not import`];
  const schema = nodeSchema(node.opType, domain, version);
  if (schema === undefined) return [`${text}: there is no such op in version ${version} of the domain '${domain}'`];
  const problems: string[] = [];
  for (const [what, names, [least, most]] of [
    ['inputs', node.input, schema.inputs],
    ['outputs', node.output, schema.outputs],
  ] as const) {
    if (names.length < least || names.length > most) {
      problems.push(`${text} has ${names.length} ${what}, expected ${least === most ? least : `${least} to ${most}`}`);
    }
    if (names.slice(0, least).includes('')) problems.push(`${text} lacks one of its first ${least} ${what}`);
  }
  for (const name of repeated(node.attribute.map((attribute) => attribute.name))) {
    problems.push(`${text} has the attribute '${name}' twice`);
  }
  for (const name of schema.required) {
    if (!node.attribute.some((attribute) => attribute.name === name))
      problems.push(`${text} lacks the attribute '${name}'`);
  }
  return [...problems, ...node.attribute.flatMap((attribute) => attributeProblems(text, attribute, schema.attrs))];
}

function attributeProblems(text: string, attribute: AttributeProto, allowed: Readonly<Record<string, AttrType>>) {
  const { name, type, i, f, s, ints, floats } = attribute;
  const wanted = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
  if (wanted === undefined) return [`${text} has no attribute '${name}' at this opset`];
  if (type !== ATTRIBUTE_TYPES[wanted]) {
    return [`the attribute '${name}' of ${text} is ${AttributeType[type] ?? type}, expected ${wanted}`];
  }
  // Only the field for the type of the attribute may be set.
  const others = {
    int: i !== 0n,
    float: f !== 0,
    string: s.length > 0,
    ints: ints.length > 0,
    floats: floats.length > 0,
  };
  const stray = Object.entries(others).some(([field, set]) => set && field !== wanted);
  return stray ? [`the attribute '${name}' of ${text} has more than one value`] : [];
}
