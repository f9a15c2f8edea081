import type { ReactNode } from 'react';
import { factsOf } from '../../src/data/known.ts';
import { shapeText } from '../../src/layers/config.ts';
import { useDocument } from '../state/stores/stores.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './DataPanel.module.css';

/** The network's dataset: `children` select and split it, its samples stand below. */
export function DataPanel({ children }: { readonly children: ReactNode }) {
  const { say } = useWords();
  const { source, validation } = useDocument(({ root }) => root.data);
  const facts = factsOf(source);
  const heldOut = facts === null ? 0 : Math.round(facts.count * validation);
  const rows =
    facts === null
      ? []
      : [
          [say('data.samples'), whole(facts.count)],
          [say('data.training'), whole(facts.count - heldOut)],
          [say('data.heldOut'), whole(heldOut)],
          ...facts.inputs.map(({ name, shape }) => [
            say('data.inputs'),
            say('data.field', { name, shape: shapeText(shape) }),
          ]),
          ...facts.targets.map(({ name, shape, classes }) => [
            say('data.targets'),
            classes === null
              ? say('data.field', { name, shape: shapeText(shape) })
              : say('data.classes', { name, count: classes }),
          ]),
        ];
  return (
    <section className={css.panel} aria-label={say('panel.data')}>
      {children}
      {rows.length > 0 && (
        <dl className={css.facts}>
          {rows.map(([label, value]) => (
            <div key={`${label} ${value}`}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <h2>{say('data.own')}</h2>
      <p>{say('data.ownHint')}</p>
    </section>
  );
}
