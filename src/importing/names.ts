import { oneLine, RESERVED } from '../graph/document.ts';
import { freshName } from '../graph/freshName.ts';
import { layerOf } from '../layers/index.ts';
import type { Node } from './site.ts';

/** Endings of the names of parameters. */
const PARAMETER =
  /[./_:]?(weight|bias|kernel|gamma|beta|scale|running_mean|running_var|weights|W|B)(_transposed|_reshaped|_quantized)?(:0)?$/;
/** Names that exporters give to constants without a name of their own. */
const NUMBERED = /^(onnx::|_?v?\d+$|Constant|const)/i;

/**
 * Unique names for the layers of a network. A layer with weights is named after them (`layer1.0.conv1.weight`), another one after its
 * node (`/layer1/layer1.0/relu/Relu`), else after its kind.
 */
export class Names {
  readonly #taken = new Set<string>(RESERVED);

  unique(base: string): string {
    const name = freshName(base, this.#taken);
    this.#taken.add(name);
    return name;
  }

  ofLayer(layer: string, node: Node | undefined, weight: string | undefined): string {
    return this.unique(ofWeight(weight) || (node === undefined ? '' : ofNode(node)) || stemOf(layer));
  }

  /** Name of an input, an output or a kept node. */
  of(given: string, otherwise: string): string {
    return this.unique(cleaned(given) || otherwise);
  }
}

const stemOf = (layer: string): string => `${layerOf(layer)?.stem ?? layer}1`;

/** A name without the separator of paths and without invisible characters. */
export const cleaned = (name: string): string =>
  oneLine(name)
    .replace(/^[/.]+|[/.]+$/g, '')
    .replaceAll('/', '.')
    .trim();

function ofWeight(weight: string | undefined): string {
  if (weight === undefined || NUMBERED.test(weight) || !PARAMETER.test(weight)) return '';
  return cleaned(weight.replace(PARAMETER, ''));
}

/** The modules on the path of a node; each of PyTorch's begins with the one before: `layer1/layer1.0`. */
function ofNode({ proto, op }: Node): string {
  const kind = op.slice(op.lastIndexOf('.') + 1);
  const steps = proto.name.split('/').filter((step) => step !== '');
  const modules: string[] = [];
  for (const step of steps.slice(0, -1)) {
    const last = modules.at(-1);
    if (last !== undefined && step.startsWith(`${last}.`)) modules.pop();
    modules.push(step);
  }
  const own = steps.at(-1) ?? '';
  // The last step is the operator, numbered if it occurs several times.
  const isKind = new RegExp(`^${kind}(_?\\d+)?$`, 'i').test(own);
  if (isKind || NUMBERED.test(own)) return cleaned(modules.join('.'));
  return steps.length > 0 ? cleaned([...modules, own].join('.')) : '';
}
