import type { DataFacts } from '../graph/document.ts';

/**
 * Names of the classes of an output layer: those of the target with its name, or of the only target with classes. Empty where there
 * are none, and where several targets have classes and none has the name of the output. `output` null: any output.
 */
export function classNames(
  targets: readonly Pick<DataFacts['targets'][number], 'name' | 'classes' | 'names'>[],
  output: string | null,
): readonly string[] {
  const withClasses = targets.filter(({ classes }) => classes !== null);
  const own =
    withClasses.find(({ name }) => name === output) ?? (withClasses.length === 1 ? withClasses[0] : undefined);
  return own?.names ?? [];
}
