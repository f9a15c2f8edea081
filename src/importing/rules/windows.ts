import type { Config } from '../../graph/document.ts';
import { readConfig } from '../../layers/config.ts';
import { layerOf } from '../../layers/index.ts';
import { toWindow, type WindowConfig } from '../../layers/window.ts';
import type { FoundLayer, Rule } from '../rule.ts';
import { intOf, intsOf, type Node, type Site, textOf } from '../site.ts';
import { perChannel } from './perChannel.ts';
import { constantPad } from './shapes.ts';

type Four = readonly [top: number, left: number, bottom: number, right: number];

/** Geometry of a window node over [C, H, W]. */
interface Geometry {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly pads: Four;
}

const pairOf = (values: readonly number[] | undefined, otherwise: readonly [number, number]) =>
  (values?.length === 2 ? values : otherwise) as readonly [number, number];

/** Padding of a window, also that which `auto_pad` stands for; null if it is unusual. */
function geometryOf(node: Node, size: readonly number[], kernel: readonly number[] | undefined): Geometry | null {
  if (kernel?.length !== 2 || size.length !== 2) return null;
  const kernelSize = pairOf(kernel, [1, 1]);
  const stride = pairOf(intsOf(node, 'strides'), [1, 1]);
  const dilation = pairOf(intsOf(node, 'dilations'), [1, 1]);
  const auto = textOf(node, 'auto_pad', 'NOTSET');
  const given = intsOf(node, 'pads') ?? [0, 0, 0, 0];
  if (auto === 'NOTSET')
    return given.length === 4 ? { kernelSize, stride, dilation, pads: given as unknown as Four } : null;
  if (auto === 'VALID') return { kernelSize, stride, dilation, pads: [0, 0, 0, 0] };
  const total = ([0, 1] as const).map((axis) => {
    const wanted = Math.ceil((size[axis] as number) / stride[axis]);
    const extent = dilation[axis] * (kernelSize[axis] - 1) + 1;
    return Math.max(0, (wanted - 1) * stride[axis] + extent - (size[axis] as number));
  });
  const small = total.map((cells) => Math.floor(cells / 2));
  const large = total.map((cells) => Math.ceil(cells / 2));
  const [before, after] = auto === 'SAME_LOWER' ? [large, small] : [small, large];
  return { kernelSize, stride, dilation, pads: [...before, ...after] as unknown as Four };
}

const isSame = (window: WindowConfig, size: readonly number[], pads: Four): boolean =>
  toWindow(window, size).pads.join() === pads.join();

/** Padding of a convolution, and a layer for the part of it that is not equal on both sides. */
function convPadding(geometry: Geometry, size: readonly number[]): Pick<FoundLayer, 'config' | 'before'> {
  const { pads, ...window } = geometry;
  const [top, left, bottom, right] = pads;
  if (top === bottom && left === right) return { config: { padding: [top, left] } };
  if (isSame({ ...window, padding: 'same' }, size, pads) && window.stride.every((step) => step === 1)) {
    return { config: { padding: 'same' } };
  }
  return {
    config: { padding: [0, 0] },
    before: [{ layer: 'zeroPad2d', config: { before: [top, left], after: [bottom, right] } }],
  };
}

/** Zeros around the image before a window: [top, left, bottom, right]. */
function zerosBefore(
  site: Site,
  value: string | undefined,
): { readonly node: Node; readonly x: string; readonly pads: Four } | null {
  const node = site.producer(value, 'Pad');
  const pad = node === undefined ? null : constantPad(site, node);
  if (node === undefined || pad === null || pad.value !== 0 || pad.pads.length !== 8) return null;
  const [n, c, top, left, n2, c2, bottom, right] = pad.pads as number[];
  if ([n, c, n2, c2].some((cells) => cells !== 0)) return null;
  const pads = [top, left, bottom, right] as unknown as Four;
  return { node, x: node.inputs[0] as string, pads };
}

/** A bias that is added after a convolution, as TensorFlow's exporters write it. */
interface Convolution {
  readonly node: Node;
  readonly bias: ReturnType<typeof perChannel>;
  readonly inside: readonly Node[];
}

function convolutionAt(site: Site, node: Node, op: string, axis: number): Convolution | null {
  if (node.op === op) return { node, bias: null, inside: [] };
  if (node.op !== 'Add') return null;
  for (const [value, other] of [node.inputs, node.inputs.toReversed()]) {
    const conv = site.producer(value, op);
    if (conv === undefined || (conv.inputs[2] ?? '') !== '') continue;
    const weight = site.constant(conv.inputs[1]);
    const groups = intOf(conv, 'group', 1);
    const channels = (weight?.dims[axis] ?? 0) * (axis === 1 ? groups : 1);
    const bias = perChannel(site, other, channels, 4);
    if (bias !== null) return { node: conv, bias, inside: [conv] };
  }
  return null;
}

const conv: Rule = (site, node) => {
  const found = convolutionAt(site, node, 'Conv', 0);
  if (found === null) return null;
  const [, weightName, biasName = ''] = found.node.inputs;
  const weight = site.constant(weightName);
  const bias = found.bias ?? site.constant(biasName);
  if (weight?.dims.length !== 4 || weight.dtype !== 'float32' || (biasName !== '' && bias === undefined)) return null;
  const groups = intOf(found.node, 'group', 1);
  const make = (x: string, extra: readonly Node[], outer: Four): FoundLayer | null => {
    const shape = site.shape(x);
    if (shape?.length !== 3) return null;
    // Padding by an own node is part of the image that the window sees.
    const size = [(shape[1] as number) + outer[0] + outer[2], (shape[2] as number) + outer[1] + outer[3]];
    const geometry = geometryOf(found.node, size, weight.dims.slice(2));
    if (geometry === null) return null;
    const pads = geometry.pads.map((cells, i) => cells + (outer[i] as number)) as unknown as Four;
    const { config, before } = convPadding({ ...geometry, pads }, shape.slice(1));
    if (extra.length > 0 && config.padding !== 'same') return null;
    const { kernelSize, stride, dilation } = geometry;
    return {
      layer: 'conv2d',
      config: {
        outChannels: weight.dims[0] as number,
        kernelSize,
        stride,
        dilation,
        groups,
        bias: bias !== undefined,
        ...config,
      },
      inputs: [x],
      weights: { weight, ...(bias !== undefined && { bias }) },
      named: weightName as string,
      inside: [...found.inside, ...extra],
      ...(before !== undefined && { before }),
    };
  };
  const [x] = found.node.inputs as [string];
  const zeros = zerosBefore(site, x);
  const padded = zeros === null ? null : make(zeros.x, [zeros.node], zeros.pads);
  return padded ?? make(x, [], [0, 0, 0, 0]);
};

const convTranspose: Rule = (site, node) => {
  const found = convolutionAt(site, node, 'ConvTranspose', 1);
  if (found === null) return null;
  const [x, weightName, biasName = ''] = found.node.inputs;
  const weight = site.constant(weightName);
  const bias = found.bias ?? site.constant(biasName);
  const shape = site.shape(x);
  if (weight?.dims.length !== 4 || weight.dtype !== 'float32' || shape === undefined) return null;
  if (biasName !== '' && bias === undefined) return null;
  if (textOf(found.node, 'auto_pad', 'NOTSET') !== 'NOTSET' || intsOf(found.node, 'output_shape') !== undefined)
    return null;
  const geometry = geometryOf(found.node, shape.slice(1), weight.dims.slice(2));
  if (geometry === null) return null;
  const { kernelSize, stride, dilation, pads } = geometry;
  const [top, left, bottom, right] = pads;
  // Less cropped after the image is what PyTorch calls output padding.
  const kept = [top - bottom, left - right];
  if (kept.some((cells) => cells < 0)) return null;
  const added = pairOf(intsOf(found.node, 'output_padding'), [0, 0]);
  const groups = intOf(found.node, 'group', 1);
  return {
    layer: 'convTranspose2d',
    config: {
      outChannels: (weight.dims[1] as number) * groups,
      kernelSize,
      stride,
      dilation,
      groups,
      padding: [top, left],
      outputPadding: added.map((cells, i) => cells + (kept[i] as number)),
      bias: bias !== undefined,
    },
    inputs: [x as string],
    weights: { weight, ...(bias !== undefined && { bias }) },
    named: weightName as string,
    inside: found.inside,
  };
};

/** Settings of a pool that give the window of the node, rounded down or up. */
function poolConfig(layer: string, node: Node, shape: readonly number[], outer: Four): Config | null {
  const size = shape.slice(1);
  const geometry = geometryOf(node, size, intsOf(node, 'kernel_shape'));
  if (geometry === null) return null;
  const { kernelSize, stride, dilation, pads: own } = geometry;
  const pads = own.map((cells, i) => cells + (outer[i] as number)) as unknown as Four;
  const schema = layerOf(layer)?.config ?? {};
  const base = { kernelSize, stride, padding: [pads[0], pads[1]] as const, ...(layer === 'maxPool2d' && { dilation }) };
  if (layer === 'avgPool2d' && dilation.some((cells) => cells > 1)) return null;
  if (intOf(node, 'ceil_mode', 0) === 1)
    return pads[0] === pads[2] && pads[1] === pads[3] ? { ...base, ceilMode: true } : null;
  for (const ceilMode of [false, true]) {
    const config = { ...base, ceilMode };
    if (readConfig(schema, config).problems.length > 0) continue;
    if (isSame({ ...config, dilation }, size, pads)) return config;
  }
  return null;
}

const NONE: Four = [0, 0, 0, 0];

const maxPool: Rule = (site, node) => {
  const [x] = node.inputs as [string];
  const shape = site.shape(x);
  if (shape?.length !== 3 || node.outputs.length > 1 || intOf(node, 'storage_order', 0) !== 0) return null;
  const config = poolConfig('maxPool2d', node, shape, NONE);
  return config === null ? null : { layer: 'maxPool2d', config, inputs: [x] };
};

const averagePool: Rule = (site, node) => {
  const [x] = node.inputs as [string];
  const counts = intOf(node, 'count_include_pad', 0) === 1;
  const make = (from: string, outer: Four, inside: readonly Node[]): FoundLayer | null => {
    const shape = site.shape(from);
    if (shape?.length !== 3) return null;
    const config = poolConfig('avgPool2d', node, shape, outer);
    if (config === null) return null;
    const none = (config.padding as readonly number[]).every((cells) => cells === 0);
    // With padding after the edge alone, ONNX and PyTorch count different elements.
    if (config.ceilMode === true && !none && !counts) return null;
    const countIncludePad = none || counts || inside.length > 0;
    return { layer: 'avgPool2d', config: { ...config, countIncludePad }, inputs: [from], inside };
  };
  const zeros = zerosBefore(site, x);
  const own = intsOf(node, 'pads') ?? NONE;
  const merged = zeros !== null && own.every((cells) => cells === 0) ? make(zeros.x, zeros.pads, [zeros.node]) : null;
  return (merged?.config.ceilMode === true ? null : merged) ?? make(x, NONE, []);
};

/** Means over all positions, by an op of its own or as a reduction. */
const globalPool: Rule = (site, node) => {
  const [x] = node.inputs as [string];
  return site.shape(x)?.length === 3 ? { layer: 'globalAvgPool2d', config: {}, inputs: [x] } : null;
};

export const windowRules = {
  Conv: [conv],
  Add: [conv, convTranspose],
  ConvTranspose: [convTranspose],
  MaxPool: [maxPool],
  AveragePool: [averagePool],
  GlobalAveragePool: [globalPool],
} as const;
