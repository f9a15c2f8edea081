import { useContext, useId, useMemo, useState } from 'react';
import type { Template } from '../../../templates/index.ts';
import { useCompare } from '../../state/stores/compareStore.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { openContextMenu } from '../../ui/controls/ContextMenu.tsx';
import { Thumbnail, useDark } from '../../ui/controls/Thumbnail.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { short, whole } from '../../ui/i18n/numbers.ts';
import { canCompare } from '../compare/openNetwork.ts';
import { ChoosingTemplate } from './chooseTemplate.ts';
import { dataTitle } from './dataTitle.ts';
import css from './StartPage.module.css';
import { TemplateDialog } from './TemplateDialog.tsx';
import { drawnOf } from './templatePicture.ts';
import { trainableVersion } from './trainableVersion.ts';
import { useVisible } from './useVisible.ts';

/**
 * A template: thumbnail, purpose and size. Its name is a button over the whole card. Drawn and checked when it first
 * becomes visible, because there are many and some are large.
 */
export function TemplateCard({ template }: { readonly template: Template }) {
  const { say, pick } = useWords();
  const { title, description } = template;
  const { action, choose } = useContext(ChoosingTemplate);
  const compareThis = (): void => {
    useCompare.getState().compareWith(template.document, title);
    useUi.getState().showStartPage(false);
  };
  const id = useId();
  const [card, seen] = useVisible<HTMLElement>();
  const [asked, setAsked] = useState(false);
  const dark = useDark();
  const drawn = useMemo(() => (seen ? drawnOf(template.document) : null), [seen, template]);
  const picture = useMemo(() => drawn?.picture(dark ? 'dark' : 'light'), [drawn, dark]);
  const totals = drawn?.checked.totals;
  const trainable = useMemo(
    () => (drawn === null ? null : trainableVersion(template.document, drawn.checked)),
    [drawn, template],
  );
  const data = dataTitle(template.document.data.source);
  return (
    <article ref={card} className={css.card}>
      {picture === undefined ? (
        <span className={css.picture} />
      ) : (
        <Thumbnail className={css.picture} pictures={{ light: picture, dark: picture }} />
      )}
      <button
        type="button"
        className={css.whole}
        aria-describedby={`${id}-about ${id}-facts ${id}-data`}
        onClick={() => choose(template.document, title)}
        onContextMenu={(event) => {
          event.preventDefault();
          const at = { x: event.clientX, y: event.clientY };
          openContextMenu(pick(title), at, [
            { label: say(action), run: () => choose(template.document, title) },
            ...(trainable !== null && action === 'start.openTemplate'
              ? [{ label: say('start.openTrainable'), run: () => choose(trainable.document, title) }]
              : []),
            ...(action !== 'compare.withThis' && canCompare()
              ? [{ label: say('compare.withThis'), run: compareThis }]
              : []),
          ]);
        }}
      >
        {pick(title)}
      </button>
      <p id={`${id}-about`} className={css.about}>
        {pick(description)}
      </p>
      <p id={`${id}-facts`} className={css.facts}>
        {totals &&
          say('start.facts', {
            layers: whole(drawn?.checked.graph?.nodes.length ?? template.document.nodes.length),
            params: totals.params < 1e6 ? whole(totals.params) : short(totals.params),
            macs: short(totals.macs),
          })}
      </p>
      <p id={`${id}-data`} className={`${css.data} ${trainable === null ? '' : css.missing}`}>
        {drawn && say(trainable === null ? 'start.trainable' : 'start.missingData', { data })}
      </p>
      <span className={css.more}>
        <Button icon="help" label={say('start.about', { title: pick(title) })} onClick={() => setAsked(true)} />
      </span>
      {asked && <TemplateDialog template={template} onClose={() => setAsked(false)} />}
    </article>
  );
}
