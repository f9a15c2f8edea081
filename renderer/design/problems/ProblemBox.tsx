import type { Diagnostic } from '../../../src/graph/diagnostic.ts';
import css from './ProblemBox.module.css';
import { Problem } from './ProblemList.tsx';

/** Problems beside the form of their subject, each in the color of its severity. */
export function ProblemBox({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  if (diagnostics.length === 0) return null;
  return (
    <ul className={css.box}>
      {diagnostics.map((diagnostic) => (
        <Problem key={`${diagnostic.code} ${diagnostic.port} ${diagnostic.message.en}`} diagnostic={diagnostic} />
      ))}
    </ul>
  );
}
