import { useContext, useState } from 'react';
import { same } from '../../src/text.ts';
import { families, starters, type Template, templates } from '../../templates/index.ts';
import { SearchField } from '../controls/SearchField.tsx';
import { textOf, useWords } from '../i18n/i18n.ts';
import { matches } from '../search/match.ts';
import { ChoosingTemplate } from './chooseTemplate.ts';
import css from './StartPage.module.css';
import { TemplateCard } from './TemplateCard.tsx';

/** Found by title, id, family or paper; in English, Chinese or pinyin. */
const finds = ({ title, id, family, paper }: Template, query: string): boolean =>
  query
    .split(/\s+/)
    .filter(Boolean)
    .every((word) =>
      [title, same(id), textOf(`start.family.${family}`), same(paper ?? '')].some(
        (text) => matches(text, word) !== null,
      ),
    );

/** All ready networks: those to begin with, then by family; or what a search finds, of which Enter takes the first. */
export function TemplateGallery() {
  const { say } = useWords();
  const [query, setQuery] = useState('');
  const found = query.trim() === '' ? null : templates.filter((template) => finds(template, query));
  const { choose } = useContext(ChoosingTemplate);
  const rest = templates.filter((template) => !starters.includes(template));
  return (
    <section className={css.templates} aria-label={say('start.templates')}>
      <header className={css.galleryHead}>
        <h3 className={css.heading}>{say('start.templates')}</h3>
        <SearchField
          label={say('start.searchTemplates')}
          value={query}
          className={css.search}
          onSearch={setQuery}
          onKeyDown={(event) => {
            const [first] = found ?? [];
            if (event.key === 'Enter' && first !== undefined) choose(first.document, first.title);
            if (event.key !== 'Escape' || query === '') return;
            event.preventDefault();
            event.stopPropagation();
            setQuery('');
          }}
        />
      </header>
      {found === null ? (
        <>
          <Cards of={starters} />
          {families.map((family) => (
            <Group key={family} title={say(`start.family.${family}`)} of={rest.filter((t) => t.family === family)} />
          ))}
        </>
      ) : found.length > 0 ? (
        <Cards of={found} />
      ) : (
        <p className={css.none}>{say('start.noTemplate', { query })}</p>
      )}
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

function Group({ title, of }: { readonly title: string; readonly of: readonly Template[] }) {
  if (of.length === 0) return null;
  return (
    <section className={css.family} aria-label={title}>
      <h4 className={css.familyTitle}>{title}</h4>
      <Cards of={of} />
    </section>
  );
}
