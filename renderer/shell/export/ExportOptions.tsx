import { useId } from 'react';
import { dataName, factsOf, isOwn } from '../../../src/data/known.ts';
import { formatOf } from '../../../src/exportFormats.ts';
import { OPSETS } from '../../../src/opsets.ts';
import type { ExportPreview } from '../../../src/protocol/exported.ts';
import { inputsText } from '../../../src/protocol/exportText.ts';
import { worksWithText } from '../../../src/worksWith.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { Check } from '../../ui/controls/Choice.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes } from '../../ui/i18n/numbers.ts';
import css from './ExportDialog.module.css';
import { useExport } from './exportStore.ts';

const opsets = Array.from({ length: OPSETS.most - OPSETS.least + 1 }, (_, i) => OPSETS.least + i);

interface Preview {
  /** Null until the engine has answered. */
  readonly preview: ExportPreview | null;
}

/** The options that the chosen format has, each with its effect. */
export function ExportOptions({ preview }: Preview) {
  const { say, pick } = useWords();
  const { format, fold, preprocessing, float16, external, samples, choose } = useExport();
  const { data } = useShown().document;
  const { options, contents } = formatOf(format);
  const prepared = preview?.preprocessing ?? null;
  const isPossible = prepared !== null && 'inputs' in prepared;
  const tooLarge = preview?.model?.tooLarge === true;
  return (
    <>
      {options.includes('opset') && <Opset preview={preview} />}
      {options.includes('fold') && (
        <Option
          label={say('export.fold')}
          hint={say('export.foldHint')}
          checked={fold}
          onChange={(on) => choose({ fold: on })}
        />
      )}
      {options.includes('preprocessing') && (
        <Option
          label={say('export.preprocessing')}
          hint={
            prepared === null
              ? ''
              : 'reason' in prepared
                ? pick(prepared.reason)
                : say('export.preprocessingInput', { inputs: inputsText(prepared.inputs) })
          }
          checked={preprocessing && isPossible}
          disabled={!isPossible}
          onChange={(on) => choose({ preprocessing: on })}
        />
      )}
      {options.includes('float16') && (
        <Option
          label={say('export.float16')}
          hint={say('export.float16Hint')}
          checked={float16}
          onChange={(on) => choose({ float16: on })}
        />
      )}
      {options.includes('external') && (
        <Option
          label={say('export.external')}
          hint={say('export.externalHint')}
          checked={external || tooLarge}
          disabled={tooLarge}
          onChange={(on) => choose({ external: on })}
        />
      )}
      {options.includes('samples') && isOwn(data) && (
        <Option
          label={say('export.samples', { data: dataName(data.source) })}
          hint={say('export.samplesHint')}
          checked={samples}
          onChange={(on) => choose({ samples: on })}
        />
      )}
      {options.includes('opset') && <Content preview={preview} />}
      {contents.length > 0 && (
        <dl className={css.contents}>
          {contents.map(([file, purpose]) => (
            <div key={file}>
              <dt>{file}</dt>
              <dd>{pick(purpose)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Opset({ preview }: Preview) {
  const { say } = useWords();
  const id = useId();
  const { opset, choose } = useExport();
  const found = opset === null ? preview?.model?.opset : undefined;
  return (
    <div>
      <label className={css.row} htmlFor={id}>
        <span>{say('export.opset')}</span>
        <Select
          id={id}
          value={opset ?? ''}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => choose({ opset: target.value === '' ? null : Number(target.value) })}
        >
          <option value="">
            {found === undefined ? say('export.automatic') : say('export.automaticOpset', { opset: found })}
          </option>
          {opsets.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </Select>
      </label>
      <p id={`${id}-hint`} className={css.note}>
        {say('export.opsetHint')}
      </p>
    </div>
  );
}

interface OptionProps {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  onChange(checked: boolean): void;
}

function Option({ hint, ...option }: OptionProps) {
  const id = useId();
  return (
    <div>
      <Check {...option} describedBy={id} />
      <p id={id} className={`${css.note} ${css.under}`}>
        {hint}
      </p>
    </div>
  );
}

/** Number of classes that are named. */
const NAMED = 5;

/** Facts about the file that are no choice. */
function Content({ preview }: Preview) {
  const { say, pick } = useWords();
  const { data } = useShown().document;
  const names = factsOf(data)?.targets.flatMap((target) => target.names ?? []) ?? [];
  const values = { names: names.slice(0, NAMED).join(', '), all: names.length };
  const classes =
    names.length === 0 ? 'export.noClasses' : names.length > NAMED ? 'export.moreClasses' : 'export.classes';
  return (
    <div className={css.note}>
      {preview?.model != null && <p>{pick(worksWithText(preview.model))}</p>}
      {say('export.content')}
      <ul>
        <li>{say(classes, values)}</li>
        {!isOwn(data) && <li>{say('export.publicSamples')}</li>}
        {preview?.model != null && <li>{say('export.weights', { bytes: bytes(preview.model.bytes) })}</li>}
      </ul>
    </div>
  );
}
