import { useShallow } from 'zustand/react/shallow';
import type { Finding } from '../../../src/doctor/finding.ts';
import { runCommand } from '../../state/commands/commands.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Parts } from '../../ui/controls/Parts.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import css from './DoctorLine.module.css';
import { FINDINGS, openFindings, useDoctor } from './doctorStore.ts';

/** Status line of the diagnosis: a summary of the checks, or the most severe finding with a button that opens the list. */
export function DoctorLine() {
  const { say } = useWords();
  const findings = useDoctor(useShallow(openFindings));
  const look = useDoctor((state) => state.look);
  const hidden = useDoctor((state) => state.dismissed.length);
  if (look === null) return null;
  if (findings.length > 0) return <FindingsLine findings={findings} />;
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
      <Parts className={css.looked} words={looked.join(' · ')} />
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

/** Most severe finding, with a button that opens the list. */
function FindingsLine({ findings }: { readonly findings: readonly Finding[] }) {
  const { say, pick } = useWords();
  const open = useUi(({ folds }) => folds[FINDINGS] ?? false);
  const gravest = findings.find(({ severity }) => severity === 'error') ?? findings[0];
  if (gravest === undefined) return null;
  const words = say(open ? 'doctor.hideAll' : 'doctor.showAll', { count: findings.length });
  return (
    <p className={css.line}>
      <span className={css[gravest.severity]} role="img" aria-label={say(`problems.${gravest.severity}`)}>
        <Icon name={gravest.severity} />
      </span>
      <b className={css.looked}>{pick(gravest.title)}</b>
      <button
        type="button"
        className={css.again}
        aria-expanded={open}
        onClick={() => useUi.getState().setFold(FINDINGS, !open)}
      >
        {words}
      </button>
    </p>
  );
}
