import { type RefObject, useId, useRef } from 'react';
import { OPSETS } from '../../../src/opsets.ts';
import { useRun } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Check } from '../../ui/controls/Choice.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './ExportDialog.module.css';
import { exportOnnx, useExport } from './exportStore.ts';

const opsets = Array.from({ length: OPSETS.most - OPSETS.least + 1 }, (_, i) => OPSETS.least + i);

/** Options of an ONNX export, and its progress. */
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
  const { say } = useWords();
  const id = useId();
  const { opset, fold, busy, choose } = useExport();
  const hasWeights = useRun((state) => state.hasWeights);
  return (
    <div className={css.form}>
      {!hasWeights && <p className={css.untrained}>{say('export.untrained')}</p>}
      <label className={css.row} htmlFor={`${id}-opset`}>
        <span>{say('export.opset')}</span>
        <Select id={`${id}-opset`} value={opset} onChange={({ target }) => choose({ opset: Number(target.value) })}>
          {opsets.map((each) => (
            <option key={each} value={each}>
              {each === OPSETS.standard ? say('export.usual', { opset: each }) : each}
            </option>
          ))}
        </Select>
      </label>
      <p className={css.note}>{say('export.opsetHint')}</p>
      <Check label={say('export.fold')} checked={fold} onChange={(on) => choose({ fold: on })} />
      <p className={css.note}>{say('export.foldHint')}</p>
      <div
        className={css.end}
        ref={(element) => {
          save.current = element?.querySelector('button') ?? null;
        }}
      >
        <Button
          look="filled"
          label={say('export.go')}
          disabled={busy}
          onClick={() => void exportOnnx().catch(console.error)}
        >
          {say('export.go')}
        </Button>
      </div>
      {busy && (
        <div role="status" className={css.busy}>
          {say('export.busy')}
          <div className={css.bar} aria-hidden="true" />
        </div>
      )}
    </div>
  );
}
