import { useMemo } from 'react';
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

/** A ready network: how it looks, what it is for, and how large it is. */
export function TemplateCard({ template }: { readonly template: Template }) {
  const { say, pick } = useWords();
  const { title, description } = template;
  const [card, seen] = useSeen<HTMLButtonElement>();
  const dark = useDark();
  const drawn = useMemo(() => (seen ? drawnOf(template) : null), [seen, template]);
  const picture = useMemo(() => drawn?.picture(dark ? 'dark' : 'light'), [drawn, dark]);
  return (
    <button
      ref={card}
      type="button"
      className={css.card}
      aria-label={pick(title)}
      onClick={() => startFrom(template.document).catch(console.error)}
    >
      <Thumbnail pictures={picture === undefined ? null : { light: picture, dark: picture }} />
      <span className={css.name}>{pick(title)}</span>
      <span className={css.about}>{pick(description)}</span>
      <span className={css.facts}>
        {drawn && say('start.facts', { params: whole(drawn.totals.params), macs: short(drawn.totals.macs) })}
      </span>
    </button>
  );
}
