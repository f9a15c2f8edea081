import css from './Parts.module.css';

interface Props {
  /** Parts are separated by " · ". */
  readonly words: string;
  /** Appended to the words in the tooltip. */
  readonly help?: string;
  readonly className?: string;
}

/** Figures on one line, separated by dots. Figures without room are left out whole: a cut number would be wrong. */
export const Parts = ({ words, help, className = '' }: Props) => (
  <span className={`${css.parts} ${className}`} title={help === undefined ? words : `${words}\n${help}`}>
    {words.split(' · ').map((part, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity except their position
      <span key={at}>
        {at > 0 && ' · '}
        {part}
      </span>
    ))}
  </span>
);
