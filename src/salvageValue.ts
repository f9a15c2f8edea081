import { z } from 'zod';

/**
 * The valid parts of a stored value, with `fallback` in place of all others. Fields of objects, entries of records
 * and elements of lists are checked one by one, so a damaged value does not affect the others.
 */
export function salvageValue<S extends z.ZodType>(schema: S, fallback: z.infer<S>, value: unknown): z.infer<S> {
  const whole = schema.safeParse(value);
  if (whole.success) return whole.data;
  // Sound parts can be too few, or twice the same.
  const parts = schema.safeParse(partsOf(schema, fallback, value));
  return parts.success ? parts.data : fallback;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function partsOf(schema: z.core.$ZodType, fallback: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodObject && isRecord(value) && isRecord(fallback)) {
    const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
    return Object.fromEntries(
      fields.map(([key, field]) => [
        key,
        Object.hasOwn(value, key) ? salvageValue(field, fallback[key], value[key]) : fallback[key],
      ]),
    );
  }
  if (schema instanceof z.ZodRecord && isRecord(value)) {
    const { valueType } = schema;
    return Object.fromEntries(Object.entries(value).filter(([, each]) => z.safeParse(valueType, each).success));
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const { element } = schema;
    return value.filter((each) => z.safeParse(element, each).success);
  }
  return fallback;
}
