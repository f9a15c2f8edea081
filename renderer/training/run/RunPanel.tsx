import type { ReactNode } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { DoctorLine } from '../doctor/DoctorLine.tsx';
import { Findings } from '../doctor/Findings.tsx';
import { VisitLine } from '../travel/TravelBar.tsx';
import { Charts } from './Charts.tsx';
import { NotTrained } from './NotTrained.tsx';
import { RunNotices } from './RunNotices.tsx';
import css from './RunPanel.module.css';

/** Panel of the current run. `children` is shown beside the curves. */
export function RunPanel({ children }: { readonly children?: ReactNode }) {
  const none = useRun((state) => state.run === null);
  return (
    <div className={css.panel}>
      <div className={css.run}>
        <VisitLine />
        <RunNotices />
        {none ? (
          <NotTrained />
        ) : (
          <>
            <Charts />
            <DoctorLine />
          </>
        )}
      </div>
      <Findings />
      {children}
    </div>
  );
}
