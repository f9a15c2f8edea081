import type { Config } from '../graph/document.ts';
import type { Pair } from '../layers/config.ts';
import type { PyValue } from './values.ts';

/** An argument of a constructor. Arguments equal to `standard`, its default there, are left out. */
export interface Argument {
  /** Name of the parameter. */
  readonly name: string;
  readonly value: PyValue;
  readonly positional?: boolean;
  readonly standard?: PyValue;
}

/** A call of a constructor. */
export interface Construction {
  readonly callee: string;
  readonly args: readonly Argument[];
}

/** One of the objects that compute a layer, one after the other. The one without suffix has its name and its weights. */
export interface Part {
  readonly suffix: string;
  readonly made: Construction;
}

/**
 * A layer in a library of Python: objects that are called in order, or an expression of its inputs. `port`: an input or output
 * of the network, which has no code of its own. `missing`: the library has no such layer, and the export is refused.
 */
export type LayerForm =
  | { readonly kind: 'objects'; readonly parts: readonly Part[] }
  | { readonly kind: 'expression'; readonly of: (x: readonly string[]) => string }
  | { readonly kind: 'port' }
  | { readonly kind: 'missing' };

export const port: LayerForm = { kind: 'port' };
export const missing: LayerForm = { kind: 'missing' };

/** A positional argument. */
export const at = (name: string, given: PyValue): Argument => ({ name, value: given, positional: true });

/** A keyword argument, with the default of the library if it has one. */
export const named = (name: string, given: PyValue, standard?: PyValue): Argument =>
  standard === undefined ? { name, value: given } : { name, value: given, standard };

/** Height and width as libraries take them: one number where both are equal. */
export const pairValue = ([height, width]: readonly number[]): PyValue =>
  height === width ? (height as number) : [height as number, width as number];

export const pairOf = (config: Config, key: string): PyValue => pairValue(config[key] as unknown as Pair);
export const value = (config: Config, key: string): PyValue => config[key] as PyValue;
export const isTrue = (config: Config, key: string): boolean => config[key] === true;
export const int = (config: Config, key: string): number => config[key] as number;
