import { waitingRemark } from '../../../src/runs/waiting.ts';
import { mixedAccuracy } from '../../../src/transforms/mixing.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { clock, whole } from '../../ui/i18n/numbers.ts';
import css from './RunPanel.module.css';
import { recipeNow } from './recipeNow.ts';

/** State and progress of the run. */
export function RunProgress() {
  const { say } = useWords();
  const share = useRun(({ step, steps }) => (steps > 0 ? step / steps : 0));
  return (
    <div className={css.progress}>
      <RunWords />
      <Remarks />
      <div
        className={css.bar}
        role="progressbar"
        aria-label={say('run.progress')}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className={css.fill} style={{ transform: `scaleX(${share})` }} />
      </div>
    </div>
  );
}

/** Remarks on a run whose steps wait for data, and on the accuracy of mixed samples. */
function Remarks() {
  const { pick } = useWords();
  const share = useRun(({ state, waiting }) => (state === 'running' ? Math.round(100 * waiting) / 100 : 0));
  const document = useRun((state) => state.document);
  if (document === null) return null;
  const { mixing } = document.data;
  const remarks = [waitingRemark(share, document.data), mixing === undefined ? null : mixedAccuracy(mixing)];
  return remarks.map(
    (remark) =>
      remark && (
        <p key={remark.en} className={css.remark}>
          {pick(remark)}
        </p>
      ),
  );
}

function RunWords() {
  const { say, tell } = useWords();
  const { state, step, steps, epoch, epochs, samplesPerSecond, document, changes, message, kept } = useRun();
  const planned = useDocument(({ root }) => root.recipe.epochs);
  if (state === 'none') return <Headed words={say('run.none', { epochs: planned })} />;
  if (state === 'running') {
    const present = Math.min(epochs, epoch + 1);
    if (samplesPerSecond === 0) return <Headed words={say('run.starting', { epoch: present, epochs })} />;
    const batchSize = document === null ? 1 : recipeNow(document.recipe, changes).batchSize;
    const left = ((steps - step) * batchSize) / samplesPerSecond;
    const rate = whole(samplesPerSecond);
    return <Headed words={say('run.running', { epoch: present, epochs, rate, left: clock(left) })} />;
  }
  const failed = state === 'failed';
  const why = (failed || state === 'done' || state === 'paused') && message !== null ? tell(message) : undefined;
  const words = say(`run.${state}`, { step: whole(step), steps: whole(steps), epochs });
  const all = why === undefined ? words : `${words} – ${why}`;
  const keptWords = kept === null ? '' : say('run.kept', { epoch: kept });
  if (!failed) return <Headed words={keptWords === '' ? all : `${all} · ${keptWords}`} />;
  return (
    <span className={css.failed} role="alert" title={why ?? words}>
      {all} {keptWords}
    </span>
  );
}

/** Text with its first part in large type and the other parts on a line below. */
function Headed({ words }: { readonly words: string }) {
  const [head, ...parts] = words.split(' · ');
  return (
    <p className={css.words}>
      <b>{head}</b>
      {parts.map((part) => (
        <span key={part}>
          <i> · </i>
          {part}
        </span>
      ))}
    </p>
  );
}
