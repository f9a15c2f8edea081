import { drawingOf } from '../blocks/icons.ts';
import { type NetworkDocument, type OperatorDefinition, operatorIdOf, operatorLayer } from '../graph/document.ts';
import { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { BATCH, type Dim, type Dims } from '../ir/shape.ts';
import type { LayerDef, Param, Problem, RawTypes, Shape } from '../layers/layer.ts';
import { expand } from '../onnx/expand.ts';
import type { GraphProto, ModelProto } from '../onnx/gen/onnx_pb.ts';
import { operatorModel } from '../onnx/operator.ts';
import { domainOf } from '../onnx/read.ts';
import { same, type Text } from '../text.ts';
import { outputsOf, sized, sizesOf, typeAt, typeText } from './operatorTypes.ts';

type Model = ModelProto & { readonly graph: GraphProto };

/** The model of an operator; null if it is damaged or does not have the ports and weights of the operator. */
function modelOf(definition: OperatorDefinition): Model | null {
  const model = operatorModel(definition);
  const { inputs, outputs, weights } = definition;
  const fits =
    model?.graph?.input.length === inputs.length + weights.length && model.graph.output.length === outputs.length;
  return fits ? (model as Model) : null;
}

const faces = new WeakMap<OperatorDefinition, LayerDef>();

/** An ONNX operator of the document as a layer; undefined if the document does not have it. */
export function operatorFaceOf(operators: NetworkDocument['operators'], type: string): LayerDef | undefined {
  const id = operatorIdOf(type);
  const definition = id === null ? undefined : operators?.find((each) => each.id === id);
  if (definition === undefined) return undefined;
  const face = faces.get(definition) ?? makeFace(definition);
  faces.set(definition, face);
  return face;
}

function makeFace(definition: OperatorDefinition): LayerDef {
  const { title, inputs, outputs, weights } = definition;
  const names = inputs.map(({ name }) => name);
  return {
    type: operatorLayer(definition.id),
    title: same(title),
    category: 'onnx',
    doc: docOf(definition),
    stem: stemOf(title),
    keywords: [],
    icon: drawingOf(operatorLayer(definition.id), 'onnx'),
    formula: () => ({ tex: [] }),
    config: {},
    inputs: names,
    outputs: outputs.map(({ name }) => name),
    takesRaw: true,
    summary: () => same(opsetText(operatorModel(definition))),
    infer: (x, _, raw = {}) => infer(definition, x, raw),
    params: () => Object.fromEntries(weights.map(({ name, shape }) => [name, paramOf(shape)])),
    lower({ g, x, p }) {
      const model = modelOf(definition);
      if (model === null) throw new Error(`the model of the operator '${title}' is damaged`);
      const values = [...names.map((name) => x[name] as Value), ...weights.map(({ name }) => p[name] as Value)];
      const results = isExpandable(model, values)
        ? (expand(g, model, values) as readonly Value[])
        : g.operator({ title, model: definition.model, outputs: typesOf(g, definition, values) }, values);
      return Object.fromEntries(outputs.map(({ name }, i) => [name, results[i] as Value]));
    },
  };
}

/** Start of the names of nodes: com.microsoft.Gelu gives gelu1. */
const stemOf = (title: string): string => (/[A-Za-z]\w*$/.exec(title)?.[0] ?? 'onnx').toLowerCase();

/** Weights usually come with the file; without them, they get random values of the usual size. */
function paramOf(shape: Shape): Param {
  const bound =
    1 /
    Math.sqrt(
      Math.max(
        1,
        shape.slice(1).reduce((a, b) => a * b, 1),
      ),
    );
  return shape.length < 2
    ? { shape, init: { kind: 'zeros' }, role: 'bias' }
    : { shape, init: { kind: 'uniform', low: -bound, high: bound }, role: 'weight' };
}

/** Imported versions: “opset 17”, “com.microsoft 1”. */
export const opsetText = (model: ModelProto | null): string =>
  (model?.opsetImport ?? [])
    .map(({ domain, version }) => (domainOf(domain) === '' ? `opset ${version}` : `${domain} ${version}`))
    .join(', ');

function docOf(definition: OperatorDefinition): Text {
  const model = operatorModel(definition);
  const ops = [...new Set((model?.graph?.node ?? []).map(({ opType }) => opType))].slice(0, 8).join(', ');
  const imports = opsetText(model);
  return {
    en: `Part of an ONNX model, run and exported unchanged: ${ops} (${imports}). Where Netloom has rules for all its ops, it is trained like a layer; otherwise its parameters are frozen, and layers before it get no gradient.`,
    zh: `ONNX 模型的一部分，原样运行和导出：${ops}（${imports}）。若 Netloom 有其全部算子的求导规则，则可像其他层一样训练；否则其参数被冻结，之前的层也得不到梯度。`,
  };
}

/** The values as inputs of a program of their own. */
function isExpandable(model: Model, values: readonly Pick<Value, 'dtype' | 'shape'>[]): boolean {
  return trial(model, values) !== null;
}

function trial(model: Model, values: readonly Pick<Value, 'dtype' | 'shape'>[]): readonly Value[] | null {
  const g = new Builder('trial');
  const inputs = values.map(({ dtype, shape }, i) => g.input(`x${i}`, dtype, shape, { kind: 'data' }));
  return expand(g, model, inputs);
}

function infer(
  definition: OperatorDefinition,
  x: Readonly<Record<string, Shape>>,
  raw: RawTypes,
): ReturnType<LayerDef['infer']> {
  const model = modelOf(definition);
  if (model === null) return { problems: [damaged] };
  const { inputs, outputs, weights } = definition;
  const types = inputs.map(({ name }) => typeAt(x, raw, name) ?? { dtype: 'float32' as const, dims: [], batch: false });
  const given = types.map(({ dtype, dims, batch }) => ({ dtype, dims: batch ? [BATCH, ...dims] : dims }));
  const values = [
    ...given.map(({ dtype, dims }) => ({ dtype, shape: dims })),
    ...weights.map(({ shape }) => ({ dtype: 'float32' as const, shape })),
  ];
  const results = trial(model, values);
  const agrees = outputs.every(({ type }, i) => {
    const found = results?.[i];
    return found?.dtype === type.dtype && (!type.batch || found.shape[0] === BATCH);
  });
  if (results !== null && agrees)
    return outputsOf(
      definition,
      results.map(({ shape }) => shape),
    );
  const sizes = sizesOf(
    inputs.map(({ type }) => type),
    given,
  );
  if (sizes === null) {
    const at = inputs.findIndex(({ type }, i) => sizesOf([type], given.slice(i, i + 1)) === null);
    const { name = '', type } = inputs[at] ?? inputs[0] ?? {};
    return { problems: type === undefined ? [] : [otherType(name, typeText(types[at] ?? type), typeText(type))] };
  }
  return {
    ...outputsOf(
      definition,
      outputs.map(({ type }) => sized(type, sizes)),
    ),
    opaque: true,
  };
}

/** Types of the outputs for these inputs; an unknown size gets a symbol of its own. */
function typesOf(g: Builder, { inputs, outputs }: OperatorDefinition, values: readonly Value[]) {
  const given = values.slice(0, inputs.length).map(({ dtype, shape }) => ({ dtype, dims: shape }));
  const sizes = new Map<string, Dim>(
    sizesOf(
      inputs.map(({ type }) => type),
      given,
    ) ?? [],
  );
  const named = (dims: Dims): Dims =>
    dims.map((dim) => {
      if (typeof dim === 'number' || dim === BATCH || [...sizes.values()].includes(dim)) return dim;
      const own = g.symbol(dim);
      sizes.set(dim, own);
      return own;
    });
  return outputs.map(({ type }) => ({ dtype: type.dtype, shape: named(sized(type, sizes)) }));
}

const damaged: Problem = {
  code: 'operator-damaged',
  port: null,
  message: ({ self }) => ({
    en: `The ONNX model of ${self.en} is damaged. Import the ONNX file again, or remove the layer.`,
    zh: `${self.zh}的 ONNX 模型已损坏。请重新导入 ONNX 文件，或删除该层。`,
  }),
  fixes: [{ kind: 'remove' }],
};

const otherType = (port: string, given: string, declared: string): Problem => ({
  code: 'operator-input',
  port,
  message: ({ self, from }) => ({
    en: `${self.en} was imported for ${declared}, but “${from(port)}” outputs ${given}. Restore the former sizes, or import the ONNX file again with the new ones.`,
    zh: `${self.zh}导入时的输入为 ${declared}，但“${from(port)}”输出 ${given}。请恢复原来的大小，或以新的大小重新导入 ONNX 文件。`,
  }),
  fixes: [],
});

/** The problem of a layer that gets a raw value. */
export const rawValue = (port: string, type: RawTypes[string]): Problem => ({
  code: 'raw-value',
  port,
  message: ({ self, from }) => ({
    en: `${self.en} accepts float32 values with a batch axis and known sizes, but “${from(port)}” outputs ${typeText(type)}. Only ONNX operators and Output accept it.`,
    zh: `${self.zh}只接受带批量轴、大小已知的 float32 值，但“${from(port)}”输出 ${typeText(type)}。只有 ONNX 算子和输出层能接受它。`,
  }),
  fixes: [],
});
