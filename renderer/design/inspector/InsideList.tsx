import { Fragment } from 'react';
import type { NodeReport } from '../../../src/check/checkedGraph.ts';
import { leafReports } from '../../../src/check/leafReports.ts';
import { outputTexts } from '../../../src/check/outputText.ts';
import { showFromHere } from '../../state/levels/navigate.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { useInnerDrawing } from './drawing.ts';
import css from './Inspector.module.css';

const shapeOf = (report: NodeReport): string => outputTexts(report, false).join(', ') || '?';

/** The layers inside a block, by their paths. */
export function InsideList({ report }: { readonly report: NodeReport }) {
  const { say } = useWords();
  const inner = useInnerDrawing();
  const way = inner === null ? [] : [...inner.path.map(({ node }) => node)];
  const leaves = leafReports({ nodes: new Map([[report.id, report]]) });
  const within = `${report.name}/`.length;
  return (
    <Fold name="inside" look="section" title={say('inspector.inside')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs the focus */}
      <div className={css.inside} tabIndex={0}>
        <table aria-label={say('inspector.inside')}>
          <thead>
            <tr>
              <th scope="col">{say('inspector.insideLayer')}</th>
              <th scope="col">{say('inspector.shape')}</th>
              <th scope="col">{say('inspector.params')}</th>
            </tr>
          </thead>
          <tbody>
            {leaves.map((leaf) => (
              <tr key={leaf.id}>
                <th scope="row">
                  <button
                    type="button"
                    className={css.goTo}
                    onClick={() => showFromHere([...way, ...leaf.id.split('/')])}
                  >
                    <Path name={leaf.name.slice(within)} />
                  </button>
                </th>
                <td>{shapeOf(leaf)}</td>
                <td>{leaf.params > 0 ? whole(leaf.params) : '–'}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{say('inspector.insideTotal', { count: leaves.length })}</th>
              <td>{shapeOf(report)}</td>
              <td>{whole(report.params)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Fold>
  );
}

/** A path wraps between its names, not inside them. */
const Path = ({ name }: { readonly name: string }) =>
  name.split(/(?<=[./])/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity except their position
    <Fragment key={at}>
      {part}
      <wbr />
    </Fragment>
  ));
