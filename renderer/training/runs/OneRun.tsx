import { useMemo } from 'react';
import { check } from '../../../src/check/check.ts';
import { usedText } from '../../../src/data/usedSamples.ts';
import { defaultPicture, drawSvg } from '../../../src/export/svg.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { KeptRun } from '../../../src/protocol/runs.ts';
import { type EpochRecord, isUnderWay, type RunChange, type RunRecord } from '../../../src/runs/record.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useDark } from '../../ui/controls/Thumbnail.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import { imageSource } from '../../ui/imageSource.ts';
import { fixedColumns } from './columns.ts';
import { GroupField } from './GroupField.tsx';
import { OverlayChart } from './OverlayChart.tsx';
import { type OverlayMetric, trainPoints, validationPoints } from './overlay.ts';
import css from './RunDetails.module.css';
import {
  bestCheckpoint,
  branchFromBest,
  canResume,
  compareWithOpen,
  openNetworkOf,
  resume,
  startFromRun,
  trainAgain,
} from './runActions.ts';
import { runColors } from './runColors.ts';
import { numberedName } from './runNumbers.ts';
import { stopRuns } from './runsEngine.ts';
import { useRunsView } from './runsViewStore.ts';
import { settingName, settingText } from './settingWords.ts';
import { useOwn } from './useOwn.ts';
import { useReads } from './useReads.ts';
import { useRunNumbers } from './useRunNumbers.ts';

const shown = [
  'state',
  'network',
  'source',
  'params',
  'optimizer',
  'learningRate',
  'batchSize',
  'seed',
  'epochs',
  'seconds',
  'waiting',
  'created',
  'bytes',
];
const facts = shown.flatMap((id) => fixedColumns.find((column) => column.id === id) ?? []);

/** Details and actions of a run. */
export function OneRun({ run }: { readonly run: RunRecord }) {
  const { say, pick, language } = useWords();
  const reads = useReads(useMemo(() => [run], [run]));
  const read = reads.get(run.id);
  const runs = useRuns((state) => state.runs);
  const name = numberedName(run, useRunNumbers(), language);
  const color = useRunsView(({ colors }) => colors.get(run.id) ?? runColors[0]);
  const drawn = useMemo(() => {
    const curves = (metric: OverlayMetric) =>
      read == null
        ? []
        : [
            {
              id: run.id,
              name,
              color,
              train: trainPoints(read, metric),
              validation: validationPoints(read, metric),
            },
          ];
    return read == null ? null : { loss: curves('loss'), accuracy: curves('accuracy') };
  }, [read, run.id, name, color]);
  const origin = run.from && runs.find(({ id }) => id === run.from?.run);
  return (
    <>
      <h3 className={css.name}>{name}</h3>
      {run.message !== null && <p className={run.state === 'failed' ? css.wrong : css.quiet}>{pick(run.message)}</p>}
      <Actions run={run} read={read ?? null} />
      {read === null && <p className={css.wrong}>{say('runs.readFailed')}</p>}
      {drawn !== null && <OverlayChart metric="loss" curves={drawn.loss} />}
      {drawn !== null && run.best?.validation.accuracy != null && (
        <OverlayChart metric="accuracy" curves={drawn.accuracy} />
      )}
      <dl className={css.facts}>
        {run.best !== null && <EpochFact name={say('runs.bestEpoch')} epoch={run.best} />}
        {run.last !== null && <EpochFact name={say('runs.lastEpoch')} epoch={run.last} />}
        {Object.entries(run.varied)
          .filter(([key]) => key !== 'recipe.seed')
          .map(([key, value]) => (
            <Fact key={key} name={pick(settingName(key))} value={pick(settingText(key, value))} />
          ))}
        {facts.map((column) => (
          <Fact
            key={column.id}
            name={typeof column.head === 'string' ? say(column.head) : pick(column.head)}
            value={column.text(run, { say, language })}
          />
        ))}
        {run.from !== null && (
          <Fact
            name={say('runs.from')}
            value={say('runs.fromStep', { name: origin?.name ?? run.from.run, step: whole(run.from.step) })}
          />
        )}
        {run.samples !== null && <Fact name={say('runs.samples')} value={pick(usedText(run.samples))} />}
        {run.tested > 0 && <Fact name={say('runs.tested')} value={whole(run.tested)} />}
        {run.dataSha256 !== null && <Fact name={say('runs.dataHash')} value={run.dataSha256} code />}
      </dl>
      {read != null && <Changes changes={read.changes} />}
      {read != null && <History history={read.history} />}
      {read != null && <Picture document={read.document} />}
    </>
  );
}

function Actions({ run, read }: { readonly run: RunRecord; readonly read: KeptRun | null }) {
  const { say } = useWords();
  const own = useOwn(run.id);
  const underWay = isUnderWay(run.state);
  return (
    <div className={css.actions}>
      {read !== null && (
        <>
          <Button look="filled" label={say('runs.openNetwork')} onClick={() => openNetworkOf(read)}>
            {say('runs.openNetwork')}
          </Button>
          <Button look="outlined" label={say('runs.trainAgain')} onClick={() => trainAgain(read)}>
            {say('runs.trainAgain')}
          </Button>
          {canResume(read) && (
            <Button look="outlined" label={say('runs.resume')} onClick={() => resume(read)}>
              {say('runs.resume')}
            </Button>
          )}
          {!underWay && bestCheckpoint(read) !== undefined && (
            <Button look="outlined" label={say('runs.branch')} onClick={() => branchFromBest(read)}>
              {say('runs.branch')}
            </Button>
          )}
          {read.checkpoints.length > 0 && (
            <Button
              look="outlined"
              label={say('fineTuning.fromRun')}
              hint={say('fineTuning.fromRunHint')}
              onClick={() => startFromRun(read)}
            >
              {say('fineTuning.fromRun')}
            </Button>
          )}
          <Button look="outlined" label={say('runs.compareOpen')} onClick={() => compareWithOpen(read)}>
            {say('runs.compareOpen')}
          </Button>
        </>
      )}
      {underWay && own && (
        <Button look="outlined" label={say('runs.stop')} onClick={() => stopRuns([run])}>
          {say('runs.stop')}
        </Button>
      )}
      <Button
        look="outlined"
        label={say('runs.rename')}
        hint="F2"
        onClick={() => useRunsView.getState().rename(run.id)}
      >
        {say('runs.rename')}
      </Button>
      <GroupField runs={[run]} />
      {!underWay && (
        <Button look="outlined" label={say('runs.delete')} onClick={() => useRunsView.getState().askDelete(true)}>
          {say('runs.delete')}
        </Button>
      )}
    </div>
  );
}

const Fact = ({
  name,
  value,
  code = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly code?: boolean;
}) => (
  <div>
    <dt>{name}</dt>
    <dd className={code ? css.code : undefined}>{value}</dd>
  </div>
);

function EpochFact({ name, epoch }: { readonly name: string; readonly epoch: EpochRecord }) {
  const { say } = useWords();
  const of = (side: 'train' | 'validation'): string => {
    const { loss, accuracy } = epoch[side];
    return accuracy === null ? loss.toFixed(4) : `${percent(accuracy)} (${loss.toFixed(4)})`;
  };
  const value = say('runs.figures', { train: of('train'), validation: of('validation') });
  return <Fact name={`${name} (${epoch.epoch})`} value={value} />;
}

function Changes({ changes }: { readonly changes: readonly RunChange[] }) {
  const { say } = useWords();
  if (changes.length === 0) return null;
  const kinds = { learningRate: 'runs.learningRate', batchSize: 'runs.batchSize', epochs: 'runs.epochs' } as const;
  return (
    <section className={css.section}>
      <h4>{say('runs.changes')}</h4>
      <ul>
        {changes.flatMap(({ step, ...changed }) =>
          (['learningRate', 'batchSize', 'epochs'] as const).flatMap((key) => {
            const was = changed[key];
            if (was === undefined) return [];
            const what = say(kinds[key]);
            return (
              <li key={`${step} ${key}`}>
                {say('runs.change', { step: whole(step), what, from: was.from, to: was.to })}
              </li>
            );
          }),
        )}
      </ul>
    </section>
  );
}

function History({ history }: { readonly history: readonly EpochRecord[] }) {
  const { say } = useWords();
  if (history.length === 0) return null;
  const accurate = history.some(({ validation }) => validation.accuracy !== null);
  return (
    <section className={css.section}>
      <h4>{say('runs.history')}</h4>
      <div className={css.history}>
        <table className={css.figures}>
          <thead>
            <tr>
              <th scope="col">{say('runs.epoch')}</th>
              <th scope="col">{say('runs.trainLoss')}</th>
              <th scope="col">{say('runs.validationLoss')}</th>
              {accurate && <th scope="col">{say('runs.validationAccuracy')}</th>}
            </tr>
          </thead>
          <tbody>
            {history.map(({ epoch, train, validation }) => (
              <tr key={epoch}>
                <th scope="row">{epoch}</th>
                <td>{train.loss.toFixed(4)}</td>
                <td>{validation.loss.toFixed(4)}</td>
                {accurate && <td>{validation.accuracy === null ? '–' : percent(validation.accuracy)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Picture({ document }: { readonly document: NetworkDocument }) {
  const { say, language } = useWords();
  const theme = useDark() ? 'dark' : 'light';
  const source = useMemo(() => {
    const options = { ...defaultPicture, language, theme, background: false, embed: false } as const;
    return imageSource(drawSvg(document, check(document), options));
  }, [document, language, theme]);
  return (
    <section className={css.section}>
      <h4>{say('runs.picture')}</h4>
      <div className={css.picture}>
        <img src={source} alt={say('runs.picture')} draggable={false} />
      </div>
    </section>
  );
}
