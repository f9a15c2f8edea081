import { curveColumns } from '../../../src/runs/curves.ts';
import { type Cell, csvFile } from '../../ui/csv.ts';
import type { RunCurves } from './chartData.ts';
import { scaleOf } from './chartData.ts';

const heads = ['kind', 'epoch', ...curveColumns, 'validationLoss', 'validationAccuracy', 'seconds'];

/**
 * Curves as CSV: a line for every kept point (the mean of the steps since the previous point), then one for every epoch.
 * Unknown values are empty.
 */
export function curvesCsv(run: RunCurves): Uint8Array<ArrayBuffer> {
  const { curves, history } = run;
  const scale = scaleOf(run);
  const cell = (value: number | null | undefined): Cell =>
    value === null || value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(7));
  const columns = curveColumns.map((name) => curves.column(name));
  const points = Array.from({ length: curves.length }, (_, i) => {
    const values = columns.map((column) => cell(column[i]));
    const epoch = cell(scale.epochOf(columns[0]?.[i] ?? 0));
    return ['step', epoch, ...values, null, null, null];
  });
  const epochs = history.map(({ epoch, step, train, validation, seconds }) => [
    'epoch',
    epoch,
    step,
    ...[train.loss, train.accuracy, null, null, null, validation.loss, validation.accuracy, seconds].map(cell),
  ]);
  return csvFile([heads, ...points, ...epochs]);
}
