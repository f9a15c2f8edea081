import { useState } from 'react';
import type { Diagnostic, Fix } from '../../../src/graph/diagnostic.ts';
import { applyFix, type Target } from '../../state/stores/applyFix.ts';
import css from '../../ui/controls/FixButtons.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { type Preview, previewOf } from './preview.ts';

interface Props {
  readonly fixes: readonly Fix[];
  readonly node: Diagnostic['node'];
  /** The network or block that the fixes edit. */
  readonly target: Target;
}

/** Fixes of a problem, the best first; the hovered or focused one shows a preview. */
export function FixButtons({ fixes, node, target }: Props) {
  const { pick } = useWords();
  const [shown, setShown] = useState<Preview | null>(null);
  const show = (fix: Fix): void => setShown(previewOf(target.document, target.check, fix, node));
  const hide = (): void => setShown(null);
  return (
    <div className={css.fixes}>
      {fixes.map((fix) => (
        <button
          key={fix.title.en}
          type="button"
          className={css.fix}
          onClick={() => applyFix(target, fix)}
          onPointerEnter={() => show(fix)}
          onPointerLeave={hide}
          onFocus={() => show(fix)}
          onBlur={hide}
        >
          {pick(fix.title)}
        </button>
      ))}
      <span className={css.preview} role="status">
        {shown !== null && <PreviewWords {...shown} />}
      </span>
    </div>
  );
}

function PreviewWords({ gives, errors }: Preview) {
  const { say } = useWords();
  const left = errors === 0 ? say('problems.allGone') : say('problems.left', { count: errors });
  return (
    <>
      {gives !== null && (
        <>
          {gives.name} <span className={css.shape}>→ {gives.shape}</span>
          {' · '}
        </>
      )}
      {left}
    </>
  );
}
