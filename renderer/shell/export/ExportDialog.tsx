import { type RefObject, useRef } from 'react';
import { FORMAT_NAMES, formatOf } from '../../../src/exportFormats.ts';
import { useNewest } from '../../state/desktop/newestWins.ts';
import { useRun } from '../../state/stores/stores.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './ExportDialog.module.css';
import { ExportOptions } from './ExportOptions.tsx';
import { ExportOutcome } from './ExportOutcome.tsx';
import { askPreview, exportNetwork } from './exportNetwork.ts';
import { useExport } from './exportStore.ts';

/** Format and options of an export, its progress and its result. */
export function ExportDialog() {
  const { say } = useWords();
  const { open, close } = useExport();
  const save = useRef<HTMLElement>(null);
  return (
    <Dialog title={say('export.title')} open={open} focus={save} onClose={close}>
      <ExportForm save={save} />
    </Dialog>
  );
}

function ExportForm({ save }: { readonly save: RefObject<HTMLElement | null> }) {
  const { say, pick } = useWords();
  const { format, opset, fold, preprocessing, float16, external, outcome } = useExport();
  const hasWeights = useRun((state) => state.hasWeights);
  const { check } = useShown();
  const choices = [format, opset, fold, preprocessing, float16, external];
  const preview = useNewest(null, askPreview, [check, ...choices]);
  return (
    <>
      <div className={css.form}>
        <FormatList />
        <div className={css.options}>
          {!hasWeights && <p className={css.warning}>{say('export.untrained')}</p>}
          {preview?.problem != null && <p className={css.warning}>{pick(preview.problem)}</p>}
          <ExportOptions preview={preview} />
        </div>
      </div>
      <div className={css.foot}>
        <ExportOutcome />
        <div
          className={css.end}
          ref={(element) => {
            save.current = element?.querySelector('button') ?? null;
          }}
        >
          <Button
            look="filled"
            label={say('export.go', { format: pick(formatOf(format).title) })}
            disabled={outcome.state === 'busy'}
            onClick={() => void exportNetwork().catch(console.error)}
          >
            {say('export.go', { format: pick(formatOf(format).title) })}
          </Button>
        </div>
      </div>
    </>
  );
}

function FormatList() {
  const { say, pick } = useWords();
  const { format, choose } = useExport();
  return (
    <fieldset className={css.formats}>
      <legend>{say('export.format')}</legend>
      {FORMAT_NAMES.map((name) => (
        <label key={name} className={css.format}>
          <input type="radio" name="format" checked={name === format} onChange={() => choose({ format: name })} />
          <span>
            <strong>{pick(formatOf(name).title)}</strong>
            <span className={css.note}>{pick(formatOf(name).purpose)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
