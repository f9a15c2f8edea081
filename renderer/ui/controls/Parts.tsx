import css from './Parts.module.css';

interface Props {
  /** Parts are apart by " · ". */
  readonly words: string;
  /** Told on hover after the words. */
  readonly help?: string;
  readonly className?: string;
}

/** Figures on one line, apart by dots. Those that have no room are left out whole: half a number would be another. */
export const Parts = ({ words, help, className = '' }: Props) => (
  <span className={`${css.parts} ${className}`} title={help === undefined ? words : `${words}\n${help}`}>
    {words.split(' · ').map((part, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <span key={at}>
        {at > 0 && ' · '}
        {part}
      </span>
    ))}
  </span>
);
