import type { Comparison } from '../../../src/compare/compare.ts';
import { signed } from '../../../src/compare/words.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { type Other, useCompare } from '../../state/stores/compareStore.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Check, Choice } from '../../ui/controls/Choice.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { short, whole } from '../../ui/i18n/numbers.ts';
import css from './CompareView.module.css';
import { csvOfRows, textOfRows } from './copying.ts';
import { Sign } from './Sign.tsx';

interface Props {
  readonly a: Other;
  readonly b: Other;
  readonly comparison: Comparison;
}

/** +1.85 G: short, with a sign. */
export const signedShort = (value: number): string =>
  value === 0 ? '0' : `${value > 0 ? '+' : '−'}${short(Math.abs(value))}`;

/** Names of both networks, the totals of the comparison and its view options. */
export function CompareHead({ a, b, comparison }: Props) {
  const { say, tell, language } = useWords();
  const { view, onlyDifferences, setView, setOnlyDifferences, swap, choose, close } = useCompare();
  const { difference, counts } = comparison;
  const names = [tell(a.name), tell(b.name)] as const;

  function copy(text: string): void {
    const notifyCopied = () => useUi.getState().notify({ tone: 'good', message: { key: 'compare.copied' } });
    callDesktop('writeClipboard', text).then(notifyCopied, console.error);
  }
  const csv = () =>
    csvOfRows(comparison, onlyDifferences, {
      language,
      names,
      heads: {
        state: say('compare.state'),
        path: say('compare.path'),
        kind: say('compare.kind'),
        changes: say('compare.changes'),
        params: say('compare.headParams'),
        macs: say('compare.headMacs'),
        difference: say('compare.difference'),
      },
    });

  return (
    <header className={css.head}>
      <div className={css.names}>
        <h2 className={css.title}>
          {names[0]}
          <span className={css.arrow}> → </span>
          {names[1]}
        </h2>
        <Button icon="swap" label={say('compare.swap')} onClick={swap} />
        <Button look="outlined" label={say('compare.other')} onClick={choose}>
          {say('compare.other')}
        </Button>
        <span className={css.space} />
        <div className={css.views}>
          <Choice
            unlabeled
            label={say('compare.view')}
            value={view}
            options={[
              { value: 'pictures', label: say('compare.pictures') },
              { value: 'list', label: say('compare.list') },
            ]}
            onChange={setView}
          />
        </div>
        <Check label={say('compare.onlyDifferences')} checked={onlyDifferences} onChange={setOnlyDifferences} />
        <MenuButton
          label={say('compare.copy')}
          look="outlined"
          entries={() => [
            {
              label: say('compare.copyText'),
              run: () => copy(textOfRows(comparison, onlyDifferences, language)),
            },
            { label: say('compare.copyCsv'), run: () => copy(csv()) },
          ]}
        />
        <Button icon="close" label={say('compare.close')} hint="Esc" onClick={close} />
      </div>
      <section className={css.totals} aria-label={say('compare.totals')}>
        <strong className={css.figure} title={`${whole(comparison.a.params)} → ${whole(comparison.b.params)}`}>
          {say('compare.params', { difference: signed(difference.params) })}
        </strong>
        <strong className={css.figure} title={`${whole(comparison.a.macs)} → ${whole(comparison.b.macs)}`}>
          {say('compare.macs', { difference: signedShort(difference.macs) })}
        </strong>
        {(['added', 'removed', 'changed'] as const).map((state) => (
          <span key={state} className={css.count}>
            <Sign state={state} />
            {say(`compare.${state}`, { count: counts[state] })}
          </span>
        ))}
      </section>
    </header>
  );
}
