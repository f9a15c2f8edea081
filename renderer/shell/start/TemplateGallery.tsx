import { useContext, useRef, useState } from 'react';
import { type Family, families, starters, type Template, templates } from '../../../templates/index.ts';
import { lessMotion } from '../../ui/controls/lessMotion.ts';
import { SearchField } from '../../ui/controls/SearchField.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { ChoosingTemplate } from './chooseTemplate.ts';
import { foundTemplates } from './findTemplates.ts';
import css from './StartPage.module.css';
import { TemplateCard } from './TemplateCard.tsx';
import { isTrainable } from './trainable.ts';
import { useRoving } from './useRoving.ts';

/** All templates: the introductory ones, then by family; or the matches of a search, of which Enter opens the first. */
export function TemplateGallery() {
  const { say } = useWords();
  const [query, setQuery] = useState('');
  const [now, setNow] = useState(false);
  const offered = now ? templates.filter(isTrainable) : templates;
  const found = query.trim() === '' ? null : foundTemplates(offered, query);
  const { choose } = useContext(ChoosingTemplate);
  const first = starters.filter((template) => offered.includes(template));
  const rest = offered.filter((template) => !starters.includes(template));
  const cards = useRef<HTMLDivElement>(null);
  useRoving(cards);
  return (
    <section aria-label={say('start.templates')}>
      <header className={css.galleryHead}>
        <h3 className={css.heading}>{say('start.templates')}</h3>
        <label className={css.now}>
          <input type="checkbox" checked={now} onChange={({ target }) => setNow(target.checked)} />
          {say('start.trainableNow')}
        </label>
        <SearchField
          label={say('start.searchTemplates')}
          value={query}
          className={css.search}
          onSearch={setQuery}
          onKeyDown={(event) => {
            const [best] = found ?? [];
            if (event.key === 'Enter' && best !== undefined) choose(best.document, best.title);
            if (event.key !== 'Escape' || query === '') return;
            event.preventDefault();
            event.stopPropagation();
            setQuery('');
          }}
        />
      </header>
      <p className={css.galleryAbout}>{say('start.templatesAbout')}</p>
      <div ref={cards}>
        {found === null ? (
          <>
            <Cards of={first} />
            {families.map((family) => (
              <Group key={family} family={family} of={rest.filter((t) => t.family === family)} />
            ))}
          </>
        ) : found.length > 0 ? (
          <Cards of={found} />
        ) : (
          <p className={css.none}>{say('start.noTemplate', { query })}</p>
        )}
      </div>
    </section>
  );
}

const Cards = ({ of }: { readonly of: readonly Template[] }) => (
  <div className={css.cards}>
    {of.map((template) => (
      <TemplateCard key={template.id} template={template} />
    ))}
  </div>
);

function Group({ family, of }: { readonly family: Family; readonly of: readonly Template[] }) {
  const { say } = useWords();
  if (of.length === 0) return null;
  return (
    <section className={css.family} data-family={family} aria-label={say(`start.family.${family}`)}>
      <h4 className={css.familyTitle}>{say(`start.family.${family}`)}</h4>
      <Cards of={of} />
    </section>
  );
}

/** The families, each with a link to its templates. */
export function FamilyIndex() {
  const { say } = useWords();
  const frame = useRef<HTMLUListElement>(null);
  useRoving(frame);
  return (
    <nav aria-label={say('start.families')}>
      <h3 className={css.heading}>{say('start.families')}</h3>
      <ul ref={frame}>
        {families.map((family) => (
          <li key={family}>
            <button type="button" className={css.indexed} onClick={() => showFamily(family)}>
              <span>{say(`start.family.${family}`)}</span>
              <small>{templates.filter((template) => template.family === family).length}</small>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function showFamily(family: Family): void {
  const section = document.querySelector(`[data-family="${family}"]`);
  section?.scrollIntoView({ block: 'start', behavior: lessMotion() ? 'auto' : 'smooth' });
  section?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
}
