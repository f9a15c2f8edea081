import type { Part } from './dataset.ts';

const NAMES: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The part that a folder or a cell of this name means; null for other names. */
export const partNamed = (name: string | undefined): Part | null => {
  const key = name?.trim().toLowerCase() ?? '';
  return Object.hasOwn(NAMES, key) ? (NAMES[key] as Part) : null;
};
