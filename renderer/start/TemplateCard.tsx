import { useId, useMemo } from 'react';
import { check } from '../../src/check/check.ts';
import { defaultPicture, drawSvg } from '../../src/export/svg.ts';
import type { Template } from '../../templates/index.ts';
import { startFrom } from '../files/opening.ts';
import { useWords } from '../i18n/i18n.ts';
import { short, whole } from '../i18n/numbers.ts';
import css from './StartPage.module.css';
import { Thumbnail, useDark } from './Thumbnail.tsx';
import { useSeen } from './useSeen.ts';

const look = { ...defaultPicture, detail: 'thumbnail', background: false, shapes: false, embed: false } as const;

/** A template is drawn and checked when it is first seen: there are many, and some are large. */
function drawnOf({ document }: Template) {
  const checked = check(document);
  const picture = (theme: 'light' | 'dark') => drawSvg(document, checked, { ...look, theme });
  return { picture, totals: checked.totals };
}

/** A ready network: how it looks, what it is for, and how large it is. Its name is a button that covers it. */
export function TemplateCard({ template }: { readonly template: Template }) {
  const { say, pick } = useWords();
  const { title, description } = template;
  const id = useId();
  const [card, seen] = useSeen<HTMLElement>();
  const dark = useDark();
  const drawn = useMemo(() => (seen ? drawnOf(template) : null), [seen, template]);
  const picture = useMemo(() => drawn?.picture(dark ? 'dark' : 'light'), [drawn, dark]);
  return (
    <article ref={card} className={css.card}>
      {picture === undefined ? (
        <span className={css.picture} />
      ) : (
        <Thumbnail pictures={{ light: picture, dark: picture }} />
      )}
      <button
        type="button"
        className={css.whole}
        aria-describedby={`${id}-about ${id}-facts`}
        onClick={() => startFrom(template.document).catch(console.error)}
      >
        {pick(title)}
      </button>
      <p id={`${id}-about`} className={css.about}>
        {pick(description)}
      </p>
      <p id={`${id}-facts`} className={css.facts}>
        {drawn && say('start.facts', { params: whole(drawn.totals.params), macs: short(drawn.totals.macs) })}
      </p>
    </article>
  );
}
