import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import css from './Outline.module.css';
import type { OutlineItem } from './outlineOf.ts';

/** One layer with its kind and output shape; for screen readers also with its sources. */
export function OutlineRow({ item }: { readonly item: OutlineItem }) {
  const { say, pick } = useWords();
  const { layer, category, kind, name, from, shape, params, problems, severity } = item;
  const read = [
    `${pick(kind)} ${name}`,
    ...(from.length > 0 ? [say('outline.from', { names: from.join(', ') })] : []),
    shape === '' ? say('outline.shapeUnknown') : say('outline.gives', { shape }),
    ...(params > 0 ? [say('outline.params', { count: whole(params) })] : []),
    ...(problems > 0 ? [say('outline.problems', { count: problems })] : []),
  ];
  return (
    <>
      <span className={css.read}>{read.join(', ')}</span>
      <span
        aria-hidden="true"
        className={css.icon}
        style={{ color: category === 'unknown' ? 'var(--muted)' : `var(--category-${category})` }}
      >
        <LayerIcon layer={layer} category={category} />
      </span>
      <span aria-hidden="true" className={css.lines}>
        <span className={css.line}>
          <span className={css.name}>{name}</span>
          <span className={css.kind}>{pick(kind)}</span>
        </span>
        <span className={`${css.line} ${css.figures}`}>
          <span className={css.shape}>{shape === '' ? '?' : shape}</span>
          {params > 0 && <span>{say('canvas.params', { count: whole(params) })}</span>}
        </span>
      </span>
      {severity !== null && (
        <span aria-hidden="true" className={css.problem} data-severity={severity}>
          <Icon name={severity} size={14} />
        </span>
      )}
    </>
  );
}
