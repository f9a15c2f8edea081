import type { ElementType } from '../elementTypes.ts';
import { inferOp, type OpName } from './ops.ts';
import {
  type Attrs,
  constantsOf,
  type Fragment,
  type InputRole,
  type Op,
  type OutputRole,
  type Program,
  type ProgramInput,
  type Value,
} from './program.ts';
import type { Dims } from './shape.ts';
import { elementCount, type Tensor } from './tensor.ts';

/** Result of a program. `name`: the name to give to the value. */
export interface Result {
  readonly value: Value;
  readonly role: OutputRole;
  readonly name?: string;
}

/** Largest constant that is shared with equal ones, in elements. */
const MOST_SHARED = 64;

/** Ops of which no output can be left out. */
const WHOLE: ReadonlySet<OpName> = new Set(['Split', 'BatchNormalization', 'Operator']);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Writes a program op by op: infers shapes, gives names, shares constants, and leaves out unused ops at the end. */
export class Emitter {
  readonly #inputs: ProgramInput[] = [];
  readonly #ops: Op[] = [];
  readonly #names = new Set<string>();
  readonly #numbers = new Map<string, number>();
  readonly #constants = new Map<string, Value>();
  #scope = '';

  constructor(readonly name: string) {}

  get ops(): readonly Op[] {
    return this.#ops;
  }

  /** Adopts the inputs of a program that is to be emitted again, and reserves the names of its constants. */
  adoptInputs(program: Program): void {
    for (const { value, role } of program.inputs) {
      this.#names.add(value.name);
      this.#inputs.push({ value, role });
    }
    for (const { name } of constantsOf(program)) this.#names.add(name);
  }

  /** Adopts an op of another program with its outputs. */
  append(op: Op): void {
    for (const name of [op.name, ...op.outputs.map((output) => output.name)]) this.#names.add(name);
    this.#ops.push(op);
  }

  /** Names of everything emitted inside `body` start with `scope/`. */
  within<T>(scope: string, body: () => T): T {
    const outer = this.#scope;
    this.#scope = scope;
    try {
      return body();
    } finally {
      this.#scope = outer;
    }
  }

  #unique(name: string): string {
    let unique = name;
    // The search starts after the last number, so that its time does not grow with the number of equal names.
    let n = this.#numbers.get(name) ?? 2;
    while (this.#names.has(unique)) unique = `${name}_${n++}`;
    if (unique !== name) this.#numbers.set(name, n);
    this.#names.add(unique);
    return unique;
  }

  #scoped(name: string): string {
    return this.#unique(this.#scope === '' ? name : `${this.#scope}/${name}`);
  }

  /** An input of the program. Throws if the name is taken: inputs are fed by name. */
  input(name: string, dtype: ElementType, shape: Dims, role: InputRole): Value {
    const value: Value = { name: this.#unique(name), dtype, shape };
    // Hyperparameters are found by their role, and may be renamed.
    if (value.name !== name && role.kind !== 'hyper') throw new Error(`two inputs are named '${name}'`);
    this.#inputs.push({ value, role });
    return value;
  }

  /** A symbol for a size that only the runtime knows, unlike all others. */
  symbol(base: string): string {
    return this.#scoped(base);
  }

  isInput(value: Value): boolean {
    return this.#inputs.some((input) => input.value === value);
  }

  /** Renames the output of an op, for readers of the graph. */
  rename(value: Value, name: string): Value {
    this.#names.delete(value.name);
    (value as Writable<Value>).name = this.#unique(name);
    return value;
  }

  /** Appends an op and returns its outputs. Throws ShapeError if the shapes of the inputs do not fit. */
  emit(op: OpName, inputs: readonly (Value | null)[], attrs: Attrs = {}): readonly Value[] {
    const name = this.#scoped(op);
    const outputs = inferOp(op, name, inputs, attrs).map((type): Value => ({ name: this.#scoped(camel(op)), ...type }));
    this.#ops.push({ op, name, inputs, outputs, attrs });
    return outputs;
  }

  /** Appends an op that runs `fragment` as it is, and returns its outputs. */
  operator(fragment: Fragment, inputs: readonly Value[]): readonly Value[] {
    const name = this.#scoped(fragment.title);
    const outputs = fragment.outputs.map((type): Value => ({ name: this.#scoped(camel(fragment.title)), ...type }));
    this.#ops.push({ op: 'Operator', name, inputs, outputs, attrs: {}, fragment });
    return outputs;
  }

  /** A constant. Equal small constants are shared. */
  constant(tensor: Tensor, name = 'const'): Value {
    const shareable = elementCount(tensor.shape) <= MOST_SHARED;
    const numbers = shareable ? Array.from<number | bigint, string>(tensor.data, text).join() : '';
    const key = `${tensor.dtype}[${tensor.shape}](${numbers})`;
    const known = this.#constants.get(key);
    if (shareable && known !== undefined) return known;
    const value: Value = { name: this.#unique(`const/${name}`), dtype: tensor.dtype, shape: tensor.shape, tensor };
    if (shareable) this.#constants.set(key, value);
    return value;
  }

  /** The program that computes the results, without unused inputs, unused ops and unused trailing outputs of ops. */
  finish(results: readonly Result[]): Program {
    const outputs = this.#named(results);
    const needed = new Set(outputs.map(({ value }) => value));
    const ops: Op[] = [];
    for (const op of this.#ops.toReversed()) {
      const last = op.outputs.findLastIndex((value) => needed.has(value));
      if (last === -1) continue;
      for (const input of op.inputs) if (input !== null) needed.add(input);
      ops.push(WHOLE.has(op.op) ? op : { ...op, outputs: op.outputs.slice(0, last + 1) });
    }
    return {
      name: this.name,
      inputs: this.#inputs.filter(({ value }) => needed.has(value)),
      ops: ops.reverse(),
      outputs,
    };
  }

  /** Results under their names. Inputs, constants and values that are several results become results of Identity ops. */
  #named(results: readonly Result[]): Program['outputs'] {
    const inputs = new Set(this.#inputs.map(({ value }) => value));
    const uses = new Map<Value, number>();
    for (const { value } of results) uses.set(value, (uses.get(value) ?? 0) + 1);
    return results.map(({ value, role, name }) => {
      const isShared = inputs.has(value) || value.tensor !== undefined || (uses.get(value) ?? 0) > 1;
      const own = isShared ? (this.emit('Identity', [value])[0] as Value) : value;
      return { value: name === undefined ? own : this.rename(own, name), role };
    });
  }
}

/** A number as text; −0 differs from 0. */
const text = (x: number | bigint): string => (Object.is(x, -0) ? '-0' : String(x));

const camel = (op: string): string => op.charAt(0).toLowerCase() + op.slice(1);
