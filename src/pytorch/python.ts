/** Values and names in Python source. */

export type PyValue = string | number | boolean | null | readonly PyValue[];

/** A number as Python writes it: 0.1, 1e-05 as 1e-5. Throws for NaN and infinity, which no setting has. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} has no literal in Python`);
  return String(value).replace('e+', 'e');
}

/** A literal: lists are tuples, strings have double quotes. */
export function literal(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  // JSON's escapes are those of Python, for any text without unpaired surrogates.
  if (typeof value === 'string') return JSON.stringify(value);
  return value.length === 1 ? `(${literal(value[0] as PyValue)},)` : `(${value.map(literal).join(', ')})`;
}

/** Type of all these values in an annotation. */
export const annotation = (values: readonly PyValue[]): string => [...new Set(values.map(typeText))].join(' | ');

function typeText(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  return `tuple[${value.map(typeText).join(', ')}]`;
}

/** Keywords of Python 3, with the soft ones. */
const KEYWORDS = [
  ...['False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'case', 'class', 'continue', 'def'],
  ...['del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda'],
  ...['match', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'type', 'while', 'with', 'yield'],
];

/** Attributes of torch.nn.Module, which a submodule must not replace (PyTorch 2.6). */
const MODULE = [
  ...['T_destination', 'add_module', 'apply', 'bfloat16', 'buffers', 'call_super_init', 'children', 'compile', 'cpu'],
  ...['cuda', 'double', 'dump_patches', 'eval', 'extra_repr', 'float', 'forward', 'get_buffer', 'get_extra_state'],
  ...['get_parameter', 'get_submodule', 'half', 'ipu', 'load_state_dict', 'modules', 'mtia', 'named_buffers'],
  ...['named_children', 'named_modules', 'named_parameters', 'parameters', 'register_backward_hook', 'register_buffer'],
  ...['register_forward_hook', 'register_forward_pre_hook', 'register_full_backward_hook', 'register_module'],
  ...['register_full_backward_pre_hook', 'register_load_state_dict_post_hook', 'register_load_state_dict_pre_hook'],
  ...['register_parameter', 'register_state_dict_post_hook', 'register_state_dict_pre_hook', 'requires_grad_'],
  ...['set_extra_state', 'set_submodule', 'share_memory', 'state_dict', 'to', 'to_empty', 'train', 'training', 'type'],
  ...['xpu', 'zero_grad'],
];

/** Names that generated code uses itself. */
const OWN = ['nn', 'range', 'self', 'super', 'torch', 'F'];

/** Names that no attribute, argument or variable may have. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([...KEYWORDS, ...MODULE, ...OWN]);

/** Names that no class may have. */
export const RESERVED_CLASSES: ReadonlySet<string> = new Set([...KEYWORDS, ...OWN, 'Tensor']);

/**
 * The valid identifier nearest to a name: other characters become underscores. Python compares identifiers in the normal
 * form NFKC, so the name is converted to it first. Chinese characters are valid.
 */
export function identifier(name: string, otherwise: string): string {
  const text = name
    .normalize('NFKC')
    .replace(/[^\p{ID_Continue}]+/gu, '_')
    // Names with a leading underscore are private, and mangled with two.
    .replace(/^_+|_+$/g, '');
  if (text === '') return otherwise;
  return /^\p{ID_Start}/u.test(text) ? text : `${otherwise}_${text}`;
}

/** An identifier in CamelCase: `Residual stage` becomes ResidualStage. */
export function className(title: string, otherwise: string): string {
  const words = identifier(title, otherwise).split('_');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** Hands out identifiers that are unique and not reserved: a taken one gets the first free number. */
export class Names {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  take(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#taken.has(name); n++) name = /\d$/.test(wanted) ? `${wanted}_${n}` : `${wanted}${n}`;
    this.#taken.add(name);
    return name;
  }
}
