import css from './ResultsPanel.module.css';

interface Props<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly words: string }[];
  readonly shown: Id;
  onShow(id: Id): void;
}

/** Segmented control for the views of the same data. */
export function Switch<Id extends string>({ label, options, shown, onShow }: Props<Id>) {
  return (
    <fieldset className={css.switch} aria-label={label}>
      {options.map(({ id, words }) => (
        <button key={id} type="button" aria-pressed={id === shown} onClick={() => onShow(id)}>
          {words}
        </button>
      ))}
    </fieldset>
  );
}
