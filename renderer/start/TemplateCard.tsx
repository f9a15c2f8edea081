import { useMemo } from 'react';
import { check } from '../../src/check/check.ts';
import { defaultPicture, drawSvg } from '../../src/export/svg.ts';
import type { Template } from '../../templates/index.ts';
import { startFrom } from '../files/opening.ts';
import { useWords } from '../i18n/i18n.ts';
import { short, whole } from '../i18n/numbers.ts';
import css from './StartPage.module.css';
import { Thumbnail } from './Thumbnail.tsx';

const look = { ...defaultPicture, detail: 'thumbnail', background: false, shapes: false, embed: false } as const;

/** A ready network: how it looks, what it is for, and how large it is. */
export function TemplateCard({ template }: { readonly template: Template }) {
  const { say, pick } = useWords();
  const { title, description, document } = template;
  const { pictures, totals } = useMemo(() => {
    const checked = check(document);
    const draw = (theme: 'light' | 'dark') => drawSvg(document, checked, { ...look, theme });
    return { pictures: { light: draw('light'), dark: draw('dark') }, totals: checked.totals };
  }, [document]);
  return (
    <button
      type="button"
      className={css.card}
      aria-label={pick(title)}
      onClick={() => startFrom(document).catch(console.error)}
    >
      <Thumbnail pictures={pictures} />
      <span className={css.name}>{pick(title)}</span>
      <span className={css.about}>{pick(description)}</span>
      <span className={css.facts}>
        {say('start.facts', { params: whole(totals.params), macs: short(totals.macs) })}
      </span>
    </button>
  );
}
