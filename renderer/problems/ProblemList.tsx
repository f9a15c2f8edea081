import type { Diagnostic } from '../../src/graph/diagnostic.ts';
import { canvas } from '../canvas/canvasHandle.ts';
import { applyFix } from '../commands/editCommands.ts';
import { Button } from '../controls/Button.tsx';
import { useWords } from '../i18n/i18n.ts';
import { Icon } from '../icons/Icon.tsx';
import { useDocument, useUi } from '../stores/stores.ts';
import css from './ProblemList.module.css';

export function ProblemList() {
  const { say } = useWords();
  const diagnostics = useDocument((state) => state.check.diagnostics);
  if (diagnostics.length === 0) return <p className={css.none}>{say('problems.none')}</p>;
  return (
    <ul className={css.list}>
      {diagnostics.map((diagnostic) => (
        <Problem key={`${diagnostic.code} ${diagnostic.node} ${diagnostic.port}`} diagnostic={diagnostic} />
      ))}
    </ul>
  );
}

function show(node: string): void {
  useUi.getState().select({ nodes: [node] });
  canvas.current?.centre(node);
}

/** One problem with its repairs; `where` leaves out the name where the place is clear. */
export function Problem({ diagnostic, where = true }: { readonly diagnostic: Diagnostic; readonly where?: boolean }) {
  const { say, pick } = useWords();
  const { severity, node, message, fixes } = diagnostic;
  const name = useDocument(({ document }) => document.nodes.find(({ id }) => id === node)?.name);
  return (
    <li className={css.problem}>
      <span className={css[severity]} role="img" aria-label={say(`problems.${severity}`)}>
        <Icon name={severity} />
      </span>
      {where && (
        <button type="button" className={css.node} disabled={node === null} onClick={() => node !== null && show(node)}>
          {name ?? say('problems.document')}
        </button>
      )}
      <div className={css.words}>
        <p>{pick(message)}</p>
        {fixes.length > 0 && (
          <div className={css.fixes}>
            {fixes.map((fix) => (
              <Button key={fix.title.en} label={pick(fix.title)} look="outlined" onClick={() => applyFix(fix)}>
                {pick(fix.title)}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}
