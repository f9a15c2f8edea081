import { useWords } from '../i18n/i18n.ts';
import { useRun } from '../stores/stores.ts';
import css from './RunPanel.module.css';

/** Why the run failed, or ended early, at full length. */
export function RunMessage() {
  const { tell } = useWords();
  const { state, message } = useRun();
  if (message === null || (state !== 'failed' && state !== 'done')) return null;
  return <p className={`${css.message} ${state === 'failed' ? css.wrong : ''}`}>{tell(message)}</p>;
}
