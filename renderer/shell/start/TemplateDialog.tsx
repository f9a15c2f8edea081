import { useContext, useMemo, useState } from 'react';
import type { Config } from '../../../src/graph/document.ts';
import { defaultConfig } from '../../../src/layers/config.ts';
import type { Template } from '../../../templates/index.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { Thumbnail, useDark } from '../../ui/controls/Thumbnail.tsx';
import { FieldRow } from '../../ui/fields/FieldRow.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { short, whole } from '../../ui/i18n/numbers.ts';
import { ChoosingTemplate } from './chooseTemplate.ts';
import { dataTitle } from './dataTitle.ts';
import css from './TemplateDialog.module.css';
import { drawnOf } from './templatePicture.ts';
import { trainableVersion } from './trainableVersion.ts';

interface Props {
  readonly template: Template;
  onClose(): void;
}

/** Description and options of a template, before it is opened. */
export function TemplateDialog({ template, onClose }: Props) {
  const { pick } = useWords();
  return (
    <Dialog title={pick(template.title)} open onClose={onClose}>
      <Details template={template} onClose={onClose} />
    </Dialog>
  );
}

function Details({ template, onClose }: Props) {
  const { say, pick } = useWords();
  const { action, choose } = useContext(ChoosingTemplate);
  const standard = defaultConfig(template.config);
  // The current options and those before the edit, which Escape restores.
  const [choices, setChoices] = useState<{ readonly now: Config; readonly before: Config }>({
    now: standard,
    before: standard,
  });
  const fields = Object.entries(template.config);
  const changed = fields.some(([key, field]) => JSON.stringify(choices.now[key]) !== JSON.stringify(field.default));
  const document = useMemo(
    () => (changed ? template.adjusted(choices.now) : template.document),
    [template, choices.now, changed],
  );
  const { checked, picture } = useMemo(() => drawnOf(document), [document]);
  const dark = useDark();
  const svg = useMemo(() => picture(dark ? 'dark' : 'light'), [picture, dark]);
  const trainable = useMemo(() => trainableVersion(document, checked), [document, checked]);
  const wrong = checked.diagnostics.find(({ severity }) => severity === 'error');
  return (
    <div className={css.details}>
      <div className={css.looks}>
        <Thumbnail pictures={{ light: svg, dark: svg }} />
        <p className={css.facts} role="status">
          {wrong === undefined
            ? say('start.facts', {
                layers: whole(checked.graph?.nodes.length ?? document.nodes.length),
                params: whole(checked.totals.params),
                macs: short(checked.totals.macs),
              })
            : pick(wrong.message)}
        </p>
      </div>
      <div className={css.words}>
        <p>{pick(template.description)}</p>
        {template.paper !== null && <p className={css.paper}>{template.paper}</p>}
        {trainable !== null && (
          <p className={css.missing}>
            {say('start.missingHelps', { data: dataTitle(trainable.missing) })}
            <span className={css.change}>{pick(trainable.change)}</span>
          </p>
        )}
        {fields.length > 0 && (
          <fieldset className={css.choices}>
            <legend>{say('start.choices')}</legend>
            {fields.map(([key, field]) => (
              <FieldRow
                key={key}
                field={field}
                value={choices.now[key]}
                onChange={(value) => setChoices(({ now, before }) => ({ now: { ...now, [key]: value }, before }))}
                onCommit={() => setChoices(({ now }) => ({ now, before: now }))}
                onCancel={() => setChoices(({ before }) => ({ now: before, before }))}
              />
            ))}
          </fieldset>
        )}
      </div>
      <div className={css.buttons}>
        {trainable !== null && action === 'start.openTemplate' && (
          <Button
            look="outlined"
            label={say('start.openTrainable')}
            onClick={() => {
              onClose();
              choose(trainable.document, template.title);
            }}
          >
            {say('start.openTrainable')}
          </Button>
        )}
        <Button
          look="filled"
          label={say(action)}
          onClick={() => {
            onClose();
            choose(document, template.title);
          }}
        >
          {say(action)}
        </Button>
      </div>
    </div>
  );
}
