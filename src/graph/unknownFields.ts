const SEPARATE = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

const at = (path: string, key: string): string => {
  if (!SEPARATE.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
};

/** Paths of the fields of `json` that `read` lacks, because schemas silently drop unknown fields. */
export function unknownFields(json: unknown, read: unknown, path = ''): readonly string[] {
  if (Array.isArray(json) && Array.isArray(read)) {
    // If the lengths differ, items were removed, which has already been reported.
    if (json.length !== read.length) return [];
    return json.flatMap((item, index) => unknownFields(item, read[index], `${path}[${index}]`));
  }
  if (!isRecord(json) || !isRecord(read)) return [];
  return Object.entries(json).flatMap(([key, value]) => {
    if (Object.hasOwn(read, key)) return unknownFields(value, read[key], at(path, key));
    return [at(path, key)];
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
