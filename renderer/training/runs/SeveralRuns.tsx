import { useMemo, useState } from 'react';
import type { RunRecord } from '../../../src/runs/record.ts';
import { spreadOf } from '../../../src/sweep/statistics.ts';
import { type Measure, resultOf } from '../../../src/sweep/summary.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { dateTime } from '../../ui/i18n/numbers.ts';
import { exceptSeed } from './differing.ts';
import { distinctNames } from './distinctNames.ts';
import { figureOf } from './figures.ts';
import { GroupField } from './GroupField.tsx';
import { OverlayChart } from './OverlayChart.tsx';
import { meanOf, type OverlayCurve, type OverlayMetric, trainPoints, validationPoints } from './overlay.ts';
import css from './RunDetails.module.css';
import { compareRuns } from './runActions.ts';
import { colored } from './runColors.ts';
import { useRunsView } from './runsViewStore.ts';
import { useReads } from './useReads.ts';
import { useRunNumbers } from './useRunNumbers.ts';

/** Runs drawn as one curve: a single run, or runs that differ only in their seed. */
interface RunGroup {
  readonly runs: readonly RunRecord[];
  readonly name: string;
  readonly color: string;
}

/** Comparison of several runs: their curves in one plot, and the difference of two networks. */
export function SeveralRuns({ runs }: { readonly runs: readonly RunRecord[] }) {
  const { say, language } = useWords();
  const colors = useRunsView((state) => state.colors);
  const numbers = useRunNumbers();
  const [averaged, setAveraged] = useState(true);
  const drawn = useMemo(() => colored(runs, colors), [runs, colors]);
  const reads = useReads(useMemo(() => drawn.map(([run]) => run), [drawn]));
  const bySeeds = useMemo(() => new Set(drawn.map(([run]) => exceptSeed(run))).size < drawn.length, [drawn]);
  const shown = useMemo((): readonly RunGroup[] => {
    const together = bySeeds && averaged;
    const groups = new Map<string, { runs: RunRecord[]; color: string }>();
    for (const [run, color] of drawn) {
      const key = together ? exceptSeed(run) : run.id;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { runs: [run], color });
      else group.runs.push(run);
    }
    const lists = [...groups.values()];
    const firsts = lists.map((group) => group.runs[0] as RunRecord);
    const at = (created: number) => dateTime(created, language);
    const names = distinctNames(firsts, { language, numbers, at, seeds: !together });
    return lists.map((group, i) => ({ ...group, name: names[i] ?? '' }));
  }, [drawn, bySeeds, averaged, language, numbers]);
  const curvesOf = (metric: OverlayMetric): readonly OverlayCurve[] =>
    shown.flatMap(({ runs: own, name, color }) => {
      const known = own.flatMap(({ id }) => reads.get(id) ?? []);
      if (known.length < own.length) return [];
      const train = meanOf(known.map((read) => trainPoints(read, metric)));
      const validation = meanOf(known.map((read) => validationPoints(read, metric)));
      return [{ id: own[0]?.id ?? '', name, color, train, validation }];
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the curves depend on these
  const curves = useMemo(() => ({ loss: curvesOf('loss'), accuracy: curvesOf('accuracy') }), [shown, reads]);
  const [a, b] = runs;
  const pair = a !== undefined && b !== undefined && runs.length === 2 ? ([a, b] as const) : null;
  const measure: Measure = runs.some(({ best }) => best?.validation.accuracy != null) ? 'accuracy' : 'loss';
  return (
    <>
      <h3 className={css.name}>{say('runs.curvesOf', { count: runs.length })}</h3>
      <div className={css.actions}>
        {pair !== null && (
          <Button look="outlined" label={say('runs.compareTwo')} onClick={() => compareRuns(...pair)}>
            {say('runs.compareTwo')}
          </Button>
        )}
        <GroupField runs={runs} />
        <Button look="outlined" label={say('runs.delete')} onClick={() => useRunsView.getState().askDelete(true)}>
          {say('runs.delete')}
        </Button>
      </div>
      {bySeeds && (
        <Button
          look="outlined"
          label={say('runs.averageSeeds')}
          pressed={averaged}
          onClick={() => setAveraged(!averaged)}
        >
          {say('runs.averageSeeds')}
        </Button>
      )}
      <ul className={css.legend}>
        {shown.map(({ runs: own, name, color }) => (
          <li key={own[0]?.id} onPointerEnter={() => useRunsView.getState().point(own[0]?.id ?? null)}>
            <span className={css.swatch} style={{ background: `var(${color})` }} aria-hidden="true" />
            <span className={css.legendName} title={name}>
              {name}
            </span>
            <Result runs={own} measure={measure} />
          </li>
        ))}
      </ul>
      {drawn.length < runs.length && <p className={css.quiet}>{say('runs.curvesFirst', { count: drawn.length })}</p>}
      {curves.loss.length > 0 && <OverlayChart metric="loss" curves={curves.loss} />}
      {measure === 'accuracy' && curves.accuracy.length > 0 && (
        <OverlayChart metric="accuracy" curves={curves.accuracy} />
      )}
    </>
  );
}

/** Validation result of the best epoch; for several seeds, mean and standard deviation. */
function Result({ runs, measure }: { readonly runs: readonly RunRecord[]; readonly measure: Measure }) {
  const { say } = useWords();
  const spread = spreadOf(runs.flatMap((run) => resultOf(run, measure) ?? []));
  return (
    <>
      <b>{figureOf(spread?.mean ?? null, measure)}</b>
      {spread !== null && spread.sd !== null && (
        <span className={css.quiet}>
          {say('runs.overSeeds', { sd: figureOf(spread.sd, measure), count: spread.n })}
        </span>
      )}
    </>
  );
}
