import type { Category } from '../../../src/layers/layer.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import css from './Inspector.module.css';

interface Props {
  readonly type: string;
  readonly category: Category | 'unknown';
  readonly title: string;
  readonly kind: string;
  readonly doc: string;
}

/** Title and kind of a layer, with its documentation on request. */
export function LayerHead({ type, category, title, kind, doc }: Props) {
  const { say } = useWords();
  const open = useUi(({ folds }) => folds['inspector.doc'] ?? true);
  return (
    <header className={css.head}>
      <h1 className={css.title}>
        <span
          className={css.icon}
          style={{ color: category === 'unknown' ? 'var(--muted)' : `var(--category-${category})` }}
        >
          <LayerIcon layer={type} category={category} />
        </span>
        <span className={css.name}>{title}</span>
        <span className={css.kind}>{kind}</span>
      </h1>
      <Button
        label={say('inspector.help')}
        icon="help"
        expanded={open}
        onClick={() => useUi.getState().setFold('inspector.doc', !open)}
      />
      {open && <p className={css.doc}>{doc}</p>}
    </header>
  );
}
