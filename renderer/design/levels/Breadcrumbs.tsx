import { runCommand } from '../../state/commands/commands.ts';
import { goToCopy, leaveTo } from '../../state/levels/navigate.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import css from './Breadcrumbs.module.css';

/** The entered blocks with links to leave them; empty at the top level. */
export function Breadcrumbs() {
  const { say } = useWords();
  const levels = useDocument((state) => state.levels);
  const network = useDocument((state) => state.root.name);
  const last = levels.at(-1);
  if (last === undefined) return null;
  const names = [network, ...levels.map(({ node }) => node.name)];
  return (
    <div className={css.bar}>
      <nav className={css.crumbs} aria-label={say('level.where')}>
        <ol>
          {names.map((name, depth) => {
            const level = levels[depth - 1];
            const here = depth === levels.length;
            const copy =
              level !== undefined && level.copies > 1 && !here ? ` ${level.place.copy + 1}/${level.copies}` : '';
            return (
              <li key={names.slice(0, depth + 1).join('/')}>
                {depth > 0 && <span aria-hidden="true">›</span>}
                <button
                  type="button"
                  className={here ? `${css.crumb} ${css.here}` : css.crumb}
                  aria-current={here ? 'location' : undefined}
                  disabled={here}
                  onClick={() => leaveTo(depth)}
                >
                  {name}
                  {copy}
                </button>
              </li>
            );
          })}
        </ol>
        {last.copies > 1 && <Copies at={last.place.copy} count={last.copies} />}
      </nav>
      {last.block === null && <LookOnly name={last.node.name} />}
    </div>
  );
}

/** The shown copy of a repeated block, and links to the others. */
function Copies({ at, count }: { readonly at: number; readonly count: number }) {
  const { say } = useWords();
  return (
    <div className={css.copies}>
      <Button icon="previous" label={say('level.previousCopy')} disabled={at === 0} onClick={() => goToCopy(at - 1)} />
      <span role="status">{say('level.copy', { at: at + 1, count })}</span>
      <Button icon="next" label={say('level.nextCopy')} disabled={at === count - 1} onClick={() => goToCopy(at + 1)} />
    </div>
  );
}

/** Message that this block is read-only, stressed after a rejected edit, with the fix. */
function LookOnly({ name }: { readonly name: string }) {
  const { say } = useWords();
  const refused = useDocument((state) => state.refusals > 0);
  return (
    <div className={refused ? `${css.lookOnly} ${css.refused}` : css.lookOnly}>
      <Icon name={refused ? 'warning' : 'lock'} size={14} />
      <p className={css.words} role="status">
        {refused ? say('level.refused', { name }) : say('level.lookOnly')}
      </p>
      <Button label={say('level.makeOwn')} look={refused ? 'filled' : 'outlined'} onClick={() => runCommand('makeOwn')}>
        {say('level.makeOwn')}
      </Button>
    </div>
  );
}
