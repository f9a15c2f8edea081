import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
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
    <ToggleGroup
      className={css.switch}
      aria-label={label}
      value={[shown]}
      // A click on the chosen view keeps it.
      onValueChange={([next]) => next !== undefined && onShow(next)}
    >
      {options.map(({ id, words }) => (
        <Toggle key={id} value={id}>
          {words}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
