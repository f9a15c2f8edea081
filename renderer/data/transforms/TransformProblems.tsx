import type { TransformProblem } from '../../../src/transforms/setting.ts';
import fixCss from '../../ui/controls/FixButtons.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { setTransforms } from './editTransforms.ts';
import css from './TransformCard.module.css';

/** Problems of transforms with their fixes. */
export function TransformProblems({ problems }: { readonly problems: readonly TransformProblem[] }) {
  const { pick } = useWords();
  return problems.map(({ code, key, message, fixes }) => (
    <div key={`${code} ${key}`} className={css.problem} role="alert">
      <p>{pick(message)}</p>
      {fixes.length > 0 && (
        <div className={fixCss.fixes}>
          {fixes.map(({ title, list }) => (
            <button key={title.en} type="button" className={fixCss.fix} onClick={() => setTransforms(list)}>
              {pick(title)}
            </button>
          ))}
        </div>
      )}
    </div>
  ));
}
