import type { NodeReport } from '../../../src/check/checkedGraph.ts';
import { isPort } from '../../../src/graph/insideDrawing.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes, percent, whole } from '../../ui/i18n/numbers.ts';
import css from './Inspector.module.css';

const sum = (reports: readonly NodeReport[], of: (report: NodeReport) => number): number =>
  reports.reduce((total, report) => total + of(report), 0);

/** Cost of one layer or several layers. */
export function Cost({ reports: all }: { readonly reports: readonly NodeReport[] }) {
  const { say } = useWords();
  // The values at an input are counted at the layer that computes them.
  const reports = all.filter(({ id }) => !isPort(id));
  const totals = useDocument(({ rootCheck }) => rootCheck.totals);
  const batch = useDocument(({ document }) => document.recipe.batchSize);
  const [params, macs, size] = [
    sum(reports, (report) => report.params),
    sum(reports, (report) => report.macs),
    sum(reports, (report) => report.activationBytes),
  ];
  const share = (part: number, whole: number) => say('inspector.shareOf', { share: percent(part / whole) });
  const rows: readonly (readonly [string, string, string?])[] = [
    ...(params > 0 ? [[say('inspector.params'), whole(params), share(params, totals.params)] as const] : []),
    ...(macs > 0 ? [[say('inspector.macs'), whole(macs), share(macs, totals.macs)] as const] : []),
    ...(size > 0 ? [[say('inspector.activations', { batch }), bytes(size * batch)] as const] : []),
  ];
  if (rows.length === 0) return null;
  return (
    <Fold name="cost" look="section" title={say('inspector.cost')}>
      <dl className={css.figures}>
        {rows.map(([label, value, part]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value}
              {part && <small>{part}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}
