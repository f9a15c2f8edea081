import { useRef } from 'react';
import type { Formula } from '../../../src/layers/layer.ts';
import { useOverflows } from '../controls/useOverflows.ts';
import { useWords } from '../i18n/i18n.ts';
import css from './Formula.module.css';
import { Tex } from './Tex.tsx';

/** A layer's formula with its variables and source. */
export function FormulaLines({ formula: { tex, where, source } }: { readonly formula: Formula }) {
  const { pick } = useWords();
  return (
    <div className={css.formula}>
      {tex.map((line) => (
        <Line key={line} tex={line} />
      ))}
      {(where || source) && (
        <p className={css.where}>
          {where && <MixedText text={pick(where)} />}
          {source && <span className={css.source}>{source}</span>}
        </p>
      )}
    </div>
  );
}

/** A long formula scrolls by itself, without the panel, also by keyboard. */
function Line({ tex }: { readonly tex: string }) {
  const line = useRef<HTMLDivElement>(null);
  const scrolls = useOverflows(line, tex);
  return (
    <div ref={line} className={css.line} tabIndex={scrolls ? 0 : undefined}>
      <Tex tex={tex} display />
    </div>
  );
}

/** Text with TeX between dollar signs. */
function MixedText({ text }: { readonly text: string }) {
  return (
    <span>
      {text.split('$').map((part, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other key
        index % 2 === 1 ? <Tex key={index} tex={part} /> : part,
      )}
    </span>
  );
}
