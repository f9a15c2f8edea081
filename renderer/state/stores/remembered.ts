import type { z } from 'zod';
import { salvageValue } from '../../../src/salvageValue.ts';

export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** A value that is stored between starts of the app. */
export interface StoredValue<T> {
  read(): T;
  /** Parses a text that another window has written. */
  from(text: string): T;
  /** Stores the value if it has changed. */
  write(value: T): void;
}

/** True for a list without duplicates, whose elements can be keys of rows. */
export const distinct = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

/** JSON, or for any other text the text itself, because names were once stored without quotes. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Stores a value under a key. Missing or damaged parts come from `fallback`, so that no stored text can stop the
 * window; a damaged text is saved under `KEY.damaged`.
 */
export function remembered<S extends z.ZodType>(
  key: string,
  schema: S,
  fallback: z.infer<S>,
  memory: Memory = localStorage,
): StoredValue<z.infer<S>> {
  let last: string | null = null;
  function write(place: string, text: string): void {
    try {
      memory.setItem(place, text);
    } catch (error) {
      // The storage is full: the value is kept until the window closes.
      console.error(error);
    }
  }
  const from = (text: string): z.infer<S> => salvageValue(schema, fallback, parse(text));
  return {
    from,
    read() {
      const text = memory.getItem(key);
      if (text === null) return fallback;
      const isWhole = schema.safeParse(parse(text)).success;
      if (!isWhole) write(`${key}.damaged`, text);
      return from(text);
    },
    write(value) {
      const text = JSON.stringify(schema.parse(value));
      if (text !== last) write(key, text);
      last = text;
    },
  };
}
