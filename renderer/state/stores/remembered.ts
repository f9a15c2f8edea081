import type { z } from 'zod';
import { salvageValue } from '../../../src/salvageValue.ts';

export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** A value that is remembered from one start to the next. */
export interface StoredValue<T> {
  read(): T;
  /** Reads a text that another window has written. */
  from(text: string): T;
  /** Writes what has changed since the last time. */
  write(value: T): void;
}

/** For lists whose elements are keys of rows. */
export const distinct = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

/** A text that is no JSON is a string as it stands: names were once written so. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Remembers a value under a key. A missing or damaged part of it is `fallback`'s, so nothing that is kept stops the window;
 * a text that was damaged is kept as it was under `KEY.damaged`.
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
      // The storage is full: the value holds until the window closes.
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
