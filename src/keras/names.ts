import { identifier, KEYWORDS } from '../python/names.ts';

/** Names that generated code uses itself. */
const OWN = [
  ...['keras', 'layers', 'ops', 'numpy', 'load_file', 'Path', 'range', 'zip', 'super', 'self', 'name', 'i', 'image'],
  ...['inputs', 'outputs', 'make_model', 'load_weights', 'pad', 'DATA_FORMAT', 'CHANNELS', 'HEIGHT', 'WIDTH'],
  ...['TO_DRAWING', 'FROM_DRAWING'],
];

/** Names that no function, argument or variable may have. */
export const RESERVED: readonly string[] = [...KEYWORDS, ...OWN];

/** Names of layers are of ASCII, because TensorFlow accepts no others. */
const ascii = (name: string): string => name.normalize('NFKC').replace(/[^\x20-\x7e]+/g, ' ');

/** The identifier of a layer or block; those without ASCII letters are called after their type. */
export const memberName = (name: string, otherwise: string): string =>
  identifier(ascii(name), identifier(ascii(otherwise), 'block'));

/** The identifier of a function: `Residual block` becomes residual_block. */
export const functionName = (title: string, otherwise: string): string =>
  identifier(ascii(title), identifier(ascii(otherwise), 'block')).toLowerCase();
