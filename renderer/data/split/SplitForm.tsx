import { isAssignment } from '../../../src/data/assignedParts.ts';
import { factsOf, isOwn } from '../../../src/data/known.ts';
import { foldsOf } from '../../../src/sweep/folds.ts';
import { runCommand } from '../../state/commands/commands.ts';
import { changeReading, useOwnData } from '../../state/data/ownData.ts';
import { applyFixToNetwork } from '../../state/stores/applyFix.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import fixCss from '../../ui/controls/FixButtons.module.css';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { FieldRow } from '../../ui/fields/FieldRow.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { AssignedParts } from './AssignedParts.tsx';
import css from './SplitForm.module.css';
import { SplitTable } from './SplitTable.tsx';
import { fieldsOf, kindField, kindOf, type SplitChoice, started } from './splitFields.ts';

/** Assignment of the samples to training, validation and test, with the counts of every class and part. */
export function SplitForm() {
  const { say, pick } = useWords();
  const data = useDocument(({ root }) => root.data);
  const contents = useOwnData(({ opened }) => (opened?.data.source === data.source ? opened.contents : null));
  const problem = useDocument(({ rootCheck }) => rootCheck.diagnostics.find(({ code }) => code.startsWith('split-')));
  const facts = factsOf(data);
  const { transient, commit, cancel } = useDocument.getState();
  const kind = kindOf(data, facts);
  const { split } = data;

  function choose(next: SplitChoice): void {
    const after = started(next, data, contents);
    // Which samples are in an assigned part, and which columns are features, only the files tell.
    if (isOwn(data) && (isAssignment(split) || isAssignment(after))) {
      void changeReading({ split: after });
      return;
    }
    const { split: _, ...rest } = data;
    transient([{ kind: 'setData', data: { ...rest, ...(after && { split: after }) } }]);
    commit();
  }

  return (
    <>
      <div className={rowCss.fields}>
        <FieldRow
          field={kindField(kind, facts, contents)}
          value={kind}
          changed={false}
          onChange={(next) => choose(next as SplitChoice)}
          onCommit={() => {}}
          onCancel={() => {}}
        />
        {fieldsOf(data, facts).map(({ key, field, value, set }) => (
          <FieldRow
            key={key}
            field={field}
            value={value}
            onChange={(next) => transient([{ kind: 'setData', data: set(next) }])}
            onCommit={commit}
            onCancel={cancel}
          />
        ))}
      </div>
      {(split?.kind === 'column' || split?.kind === 'folders') && contents !== null && (
        <AssignedParts split={split} contents={contents} />
      )}
      {split?.kind === 'files' && <p>{say('split.lists')}</p>}
      {foldsOf(data) > 0 && (
        <div className={css.actions}>
          <Button look="outlined" label={say('command.folds')} onClick={() => runCommand('folds')}>
            {say('command.folds')}
          </Button>
        </div>
      )}
      {problem !== undefined && (
        <div className={css.problem} role="alert">
          {pick(problem.message)}
          <div className={fixCss.fixes}>
            {problem.fixes.map((fix) => (
              <button key={fix.title.en} type="button" className={fixCss.fix} onClick={() => applyFixToNetwork(fix)}>
                {pick(fix.title)}
              </button>
            ))}
          </div>
        </div>
      )}
      <SplitTable isOpen={facts !== null} hasProblem={problem !== undefined} />
    </>
  );
}
