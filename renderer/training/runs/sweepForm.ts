import type { SweepField } from '../../../src/sweep/field.ts';
import { drawBetween, type RandomAxis, SWEEP_LIMIT, type SweepSpec, sweepSize } from '../../../src/sweep/points.ts';
import { readRange, readValues } from '../../../src/sweep/values.ts';
import type { Text } from '../../../src/text.ts';

/** Input of the sweep dialog, as typed. */
export interface SweepForm {
  readonly kind: 'grid' | 'random';
  readonly rows: readonly { readonly field: string; readonly values: string }[];
  /** Number of trials of a random search. */
  readonly count: number;
  /** Number of seeds per trial; 1 means the seed of the training settings. */
  readonly seeds: number;
  readonly group: string;
}

export interface FormRead {
  /** Problems by row index. */
  readonly problems: ReadonlyMap<number, Text>;
  /** Number of runs; null if there is a problem. */
  readonly size: number | null;
  /** Sweep to start; null with a problem, without rows, or above the limit. */
  readonly spec: SweepSpec | null;
}

/** Parses the form. `seed`: seed of the training settings, also for the random search. */
export function readForm(form: SweepForm, fields: readonly SweepField[], seed: number): FormRead {
  const problems = new Map<number, Text>();
  const axes: RandomAxis[] = [];
  form.rows.forEach(({ field: id, values }, at) => {
    const field = fields.find((each) => each.id === id);
    if (field === undefined) return;
    if (form.rows.findIndex((row) => row.field === id) < at) {
      problems.set(at, { en: 'This field is varied above already.', zh: '上面已有这一项。' });
      return;
    }
    const range = readRange(field.field, values);
    if (range !== null && 'problem' in range) problems.set(at, range.problem);
    else if (range !== null && form.kind === 'grid') {
      problems.set(at, {
        en: 'A grid takes single values. For a range, choose a random search.',
        zh: '网格需要逐个列出取值；要用范围请选择随机搜索。',
      });
    } else if (range !== null) {
      axes.push({ id, draw: drawBetween(field.field, field.logarithmic, range.min, range.max) });
    } else {
      const read = readValues(field.field, values);
      if ('problem' in read) problems.set(at, read.problem);
      else axes.push({ id, draw: { kind: 'choice', values: read.values } });
    }
  });
  if (problems.size > 0 || axes.length === 0) return { problems, size: null, spec: null };
  const seeds = form.seeds > 1 ? Array.from({ length: form.seeds }, (_, i) => seed + i) : [];
  const spec: SweepSpec =
    form.kind === 'random'
      ? { kind: 'random', axes, count: form.count, seed, seeds }
      : {
          kind: 'grid',
          axes: axes.flatMap(({ id, draw }) => (draw.kind === 'choice' ? [{ id, values: draw.values }] : [])),
          seeds,
        };
  const size = sweepSize(spec);
  return { problems, size, spec: size > SWEEP_LIMIT ? null : spec };
}

/** Initial values of a row: the current value and, if possible, a neighbor on either side. */
export function startValues({ field, value, logarithmic }: SweepField): string {
  if (field.kind === 'bool') return 'true, false';
  if (field.kind === 'choice')
    return field.options
      .map((option) => option.value)
      .slice(0, 4)
      .join(', ');
  const allowed = (n: number) => n >= ('min' in field ? field.min : n) && n <= ('max' in field ? (field.max ?? n) : n);
  if (typeof value === 'number') {
    const factor = logarithmic ? 3 : 2;
    const around =
      logarithmic || (field.kind === 'int' && value >= 4) ? [value / factor, value, value * factor] : [value];
    const steps = field.kind === 'int' && around.length === 1 ? [value, value + 1] : around;
    const whole =
      field.kind === 'int' ? steps.map(Math.round) : steps.map((n) => (n === value ? n : Number(n.toPrecision(1))));
    return [...new Set(whole)].filter(allowed).join(', ');
  }
  if (Array.isArray(value)) return value.length === 2 && value[0] === value[1] ? `${value[0]}` : value.join('×');
  return String(value);
}
