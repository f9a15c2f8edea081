import type { KeyboardEvent } from 'react';
import { layerIn } from '../../../src/check/faces.ts';
import type { Diagnostic } from '../../../src/graph/diagnostic.ts';
import { runCommand } from '../../state/commands/commands.ts';
import { showFromHere, showPath } from '../../state/levels/navigate.ts';
import { byNode, fixable, isProblem } from '../../state/problems/problems.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { useInnerDrawing } from '../inspector/drawing.ts';
import { FixButtons } from './FixButtons.tsx';
import css from './ProblemList.module.css';
import { useFixTarget } from './useFixTarget.ts';
import { useProblems } from './useProblems.ts';

/** All problems, then the hints, grouped by layer; arrow keys move between layers. */
export function ProblemList() {
  const { say } = useWords();
  const empty = useDocument((state) => state.root.nodes.length === 0);
  const failed = useRun((run) => run.state === 'failed');
  const diagnostics = useProblems({ hints: true });
  const problems = diagnostics.filter(isProblem);
  const hints = diagnostics.filter((diagnostic) => !isProblem(diagnostic));
  const count = fixable(diagnostics);
  return (
    <div className={css.panel}>
      <FailedRun />
      {count > 1 && (
        <div className={css.bar}>
          <Button label={say('command.fixAll')} look="outlined" onClick={() => runCommand('fixAll')}>
            {say('problems.fixAll', { count })}
          </Button>
          <span>{say('problems.fixAllHint')}</span>
        </div>
      )}
      <div className={css.all}>
        {problems.length === 0 && !failed && (
          <p className={css.none}>{say(empty ? 'problems.empty' : 'problems.none')}</p>
        )}
        {problems.length > 0 && <Groups words={say('problems.title')} diagnostics={problems} />}
        {hints.length > 0 && (
          <>
            <h3 className={css.heading}>{say('problems.hints', { count: hints.length })}</h3>
            <Groups words={say('problems.hints', { count: hints.length })} diagnostics={hints} />
          </>
        )}
      </div>
    </div>
  );
}

interface GroupsProps {
  readonly words: string;
  readonly diagnostics: readonly Diagnostic[];
}

const Groups = ({ words, diagnostics }: GroupsProps) => (
  <ul className={css.list} aria-label={words} onKeyDown={walk}>
    {byNode(diagnostics).map(([node, problems]) => (
      <Group key={node} node={node} problems={problems} />
    ))}
  </ul>
);

/** The failure of a run, which can happen without problems in the network. */
function FailedRun() {
  const { say, tell } = useWords();
  const failed = useRun((run) => run.state === 'failed');
  const message = useRun((run) => run.message);
  if (!failed) return null;
  return (
    <div className={css.failed} role="alert">
      <Icon name="error" />
      <p>
        {say('run.failed')}
        {message !== null && <>. {tell(message)}</>}
      </p>
    </div>
  );
}

function Group({ node, problems }: { readonly node: string | null; readonly problems: readonly Diagnostic[] }) {
  const { say, pick } = useWords();
  const found = useDocument(({ root }) => root.nodes.find(({ id }) => id === node));
  const atTop = useDocument(({ path }) => path.length === 0);
  const selected = useUi(({ selection }) => node !== null && atTop && selection.nodes.includes(node));
  const kind = useDocument(({ root }) => found && layerIn(root, found.layer));
  return (
    <li className={css.group}>
      <button
        type="button"
        className={css.node}
        disabled={node === null}
        aria-pressed={selected}
        onClick={() => node !== null && showPath([node])}
      >
        <span className={css.name}>{found?.name ?? say('problems.document')}</span>
        {found && <span className={css.kind}>{kind ? pick(kind.title) : found.layer}</span>}
      </button>
      <ul className={css.problems}>
        {problems.map((diagnostic) => (
          <Problem
            key={`${diagnostic.code} ${diagnostic.port} ${diagnostic.message.en}`}
            diagnostic={diagnostic}
            whole
          />
        ))}
      </ul>
    </li>
  );
}

/** Arrow keys, Home and End move between the buttons of the layers. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>(`.${css.node}:not(:disabled)`)];
  const group = (event.target as HTMLElement).closest(`.${css.group}`);
  const at = buttons.findIndex((button) => group?.contains(button));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  const next = to === undefined ? undefined : buttons[to];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

interface ProblemProps {
  readonly diagnostic: Diagnostic;
  /** True for a problem of the whole network, false for one of the current level. */
  readonly whole?: boolean;
}

/** A problem with its fixes, and a link to it if it is inside a block. */
export function Problem({ diagnostic, whole = false }: ProblemProps) {
  const { say, pick } = useWords();
  const { severity, node, message, fixes, inside } = diagnostic;
  const target = useFixTarget(whole);
  const way = useInnerDrawing()?.path.map((place) => place.node) ?? [];
  return (
    <li className={css.problem} data-severity={severity}>
      <span className={css[severity]} role="img" aria-label={say(`problems.${severity}`)}>
        <Icon name={severity} />
      </span>
      <div className={css.words}>
        <p>{pick(message)}</p>
        {inside && (
          <button
            type="button"
            className={css.goTo}
            onClick={() => (whole ? showPath(inside.path, true) : showFromHere([...way, ...inside.path]))}
          >
            {say('level.show', { name: inside.name })}
          </button>
        )}
        {fixes.length > 0 && target && <FixButtons fixes={fixes} node={node} target={target} />}
      </div>
    </li>
  );
}
