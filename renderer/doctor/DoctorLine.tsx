import { useShallow } from 'zustand/react/shallow';
import { runCommand } from '../commands/commands.ts';
import { useWords } from '../i18n/i18n.ts';
import { whole } from '../i18n/numbers.ts';
import { Icon } from '../icons/Icon.tsx';
import css from './DoctorLine.module.css';
import { openFindings, useDoctor } from './doctorStore.ts';

/** One quiet line while all is well: that the run was looked at, when, and what was looked at. */
export function DoctorLine() {
  const { say } = useWords();
  const findings = useDoctor(useShallow(openFindings));
  const look = useDoctor((state) => state.look);
  const hidden = useDoctor((state) => state.dismissed.length);
  if (look === null || findings.length > 0) return null;
  const { step, examination } = look;
  const network = examination?.network ?? null;
  const without = examination?.without ?? null;
  const looked = [
    say('doctor.looked.curves', { steps: whole(step) }),
    ...(network === null
      ? []
      : [say('doctor.looked.network', { layers: network.parameters.length, batch: network.batch })]),
    ...(without === 'large' ? [say('doctor.looked.large')] : []),
    ...(examination === null
      ? []
      : [say('doctor.looked.data', { count: whole(examination.data.train + examination.data.validation) })]),
  ];
  return (
    <p className={css.line}>
      <span className={css.good}>
        <Icon name="good" />
      </span>
      <b>{hidden > 0 ? say('doctor.hidden', { count: hidden }) : say('doctor.well')}</b>
      <span className={css.looked} title={looked.join(' · ')}>
        {looked.join(' · ')}
      </span>
      {hidden > 0 ? (
        <button type="button" className={css.again} onClick={() => useDoctor.getState().restore()}>
          {say('doctor.restore', { count: hidden })}
        </button>
      ) : (
        <button type="button" className={css.again} onClick={() => runCommand('examineRun')}>
          {say('doctor.examine')}
        </button>
      )}
    </p>
  );
}
