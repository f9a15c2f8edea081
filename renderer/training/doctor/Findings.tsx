import { Fragment } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { CheckedGraph } from '../../../src/check/checkedGraph.ts';
import type { Finding, Repair } from '../../../src/doctor/finding.ts';
import { openFixes } from '../../../src/doctor/repair.ts';
import { runCommand } from '../../state/commands/commands.ts';
import { showPath } from '../../state/levels/navigate.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import buttons from '../../ui/controls/FixButtons.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { applyRepair } from './applyRepair.ts';
import { FINDINGS, openFindings, useDoctor } from './doctorStore.ts';
import css from './Findings.module.css';

/** Drawer with the findings, their evidence and their fixes. */
export function Findings() {
  const { say } = useWords();
  const findings = useDoctor(useShallow(openFindings));
  const look = useDoctor((state) => state.look);
  const hidden = useDoctor((state) => state.dismissed.length);
  const open = useUi(({ folds }) => folds[FINDINGS] ?? false);
  if (!open || findings.length === 0 || look === null) return null;
  return (
    <section className={css.panel} aria-label={say('doctor.title')}>
      <div className={css.head}>
        <h2>{say('doctor.title')}</h2>
        <span>{say('doctor.at', { epoch: look.epoch, step: look.step })}</span>
        <Button
          icon="close"
          label={say('doctor.hideAll', { count: findings.length })}
          onClick={() => useUi.getState().setFold(FINDINGS, false)}
        />
      </div>
      <ul>
        {findings.map((finding) => (
          <One key={finding.code} finding={finding} graph={look.graph} />
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className={css.restore} onClick={() => useDoctor.getState().restore()}>
          {say('doctor.restore', { count: hidden })}
        </button>
      )}
    </section>
  );
}

function One({ finding, graph }: { readonly finding: Finding; readonly graph: CheckedGraph }) {
  const { say, pick } = useWords();
  const { code, severity, title, message } = finding;
  const root = useDocument((state) => state.root);
  const fixes = openFixes(root, finding);
  const trying = useDoctor((state) => state.trying);
  return (
    <li className={css.finding}>
      <span className={css[severity]} role="img" aria-label={say(`problems.${severity}`)}>
        <Icon name={severity} />
      </span>
      <div className={css.words}>
        <h3>{pick(title)}</h3>
        <p>{pick(message)}</p>
        <Layers nodes={finding.nodes} graph={graph} />
        {trying > 0 && finding.fixes.length > 0 ? (
          <p className={css.tried} role="status">
            {say('doctor.trying', { count: trying })}
          </p>
        ) : (
          <Fixes fixes={fixes} />
        )}
        {finding.tried !== undefined && <p className={css.tried}>{pick(finding.tried)}</p>}
      </div>
      <Button
        label={say('doctor.dismiss', { title: pick(title) })}
        icon="close"
        onClick={() => useDoctor.getState().dismiss(code)}
      />
    </li>
  );
}

/** Fixes, best first, with their measured effects. */
function Fixes({ fixes }: { readonly fixes: readonly Repair[] }) {
  const { pick } = useWords();
  if (fixes.length === 0) return null;
  return (
    <div className={css.fixes}>
      {fixes.map((fix) => (
        <Fragment key={fix.title.en}>
          <button
            type="button"
            className={buttons.fix}
            onClick={() => applyRepair(fix, () => runCommand('trainFresh'))}
          >
            {pick(fix.title)}
          </button>
          {fix.shown !== undefined && <p className={css.shown}>{pick(fix.shown)}</p>}
        </Fragment>
      ))}
    </div>
  );
}

/** Max number of layers in the list. The message has the total. */
const SHOWN = 6;

function Layers({ nodes, graph }: { readonly nodes: readonly string[]; readonly graph: CheckedGraph }) {
  const { say } = useWords();
  const named = graph.nodes.filter(({ node }) => nodes.includes(node.id)).slice(0, SHOWN);
  if (named.length === 0) return null;
  return (
    <ul className={css.layers} aria-label={say('doctor.layers')}>
      {named.map(({ node }) => (
        <li key={node.id}>
          <button type="button" className={css.layer} onClick={() => showPath(node.id.split('/'))}>
            {node.name}
          </button>
        </li>
      ))}
    </ul>
  );
}
