import type { z } from 'zod';
import { salvageValue } from '../../../src/salvageValue.ts';

export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** A value that is remembered from one start to the next. */
export interface Remembered<T> {
  read(): T;
  /** Reads a text that another window has written. */
  from(text: string): T;
  write(value: T): void;
}

/**
 * Remembers a value under a key. A missing or damaged part of it is `fallback`'s, so nothing that is kept stops the window;
 * a text that was damaged is kept as it was under `KEY.damaged`.
 */
export function remembered<S extends z.ZodType>(
  memory: Memory,
  key: string,
  schema: S,
  fallback: z.infer<S>,
): Remembered<z.infer<S>> {
  function write(place: string, text: string): void {
    try {
      memory.setItem(place, text);
    } catch (error) {
      // The storage is full: the value holds until the window closes.
      console.error(error);
    }
  }
  function parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
  const from = (text: string): z.infer<S> => salvageValue(schema, fallback, parse(text));
  return {
    from,
    read() {
      const text = memory.getItem(key);
      if (text === null) return fallback;
      const value = from(text);
      const isWhole = schema.safeParse(parse(text)).success;
      if (!isWhole) write(`${key}.damaged`, text);
      return value;
    },
    write: (value) => write(key, JSON.stringify(schema.parse(value))),
  };
}
