import type { KeptState } from '../../../src/runs/record.ts';
import { Icon, type IconName } from '../../ui/icons/Icon.tsx';
import css from './RunsTable.module.css';

const signs: Readonly<Record<KeptState, IconName>> = {
  queued: 'menu',
  running: 'play',
  paused: 'pause',
  interrupted: 'warning',
  stopped: 'stop',
  done: 'good',
  failed: 'error',
};

/** Icon of a state, so that the state does not depend on color alone. */
export const StateSign = ({ state }: { readonly state: KeptState }) => (
  <span aria-hidden="true" className={`${css.sign} ${css[state] ?? ''}`}>
    <Icon name={signs[state]} size={13} />
  </span>
);
