import { useMemo } from 'react';
import { pictureThemes } from '../../../src/export/pictureTheme.ts';
import { nameOf } from '../../state/files/nameOf.ts';
import { saveFile } from '../../state/files/saveFile.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Check, Choice } from '../../ui/controls/Choice.tsx';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { imageSource } from '../../ui/imageSource.ts';
import { drawPicture, svgOf } from './drawPicture.ts';
import css from './PictureDialog.module.css';
import { usePicture } from './pictureStore.ts';

const formats = { svg: 'SVG', png: 'PNG' } as const;
const scales = [1, 2, 3] as const;

async function save(): Promise<void> {
  const { format, close, ...choices } = usePicture.getState();
  const bytes = await drawPicture({ ...choices, format });
  const name = nameOf(useDocument.getState().root, useUi.getState().language);
  const isSaved = await saveFile(name, format, bytes, {
    about: 'export',
    saved: (path) => ({
      message: { key: 'picture.saved', values: { path } },
      ...(choices.embed && { detail: { key: 'picture.savedDetail' } }),
    }),
  });
  if (isSaved) close();
}

/** Options of an exported image, beside its preview. */
export function PictureDialog() {
  const { say } = useWords();
  const { open, close } = usePicture();
  return (
    <Dialog title={say('picture.title')} open={open} onClose={close}>
      <PictureForm />
    </Dialog>
  );
}

function PictureForm() {
  const { say } = useWords();
  const choices = usePicture();
  const { format, part, theme, language, scale, shapes, background, embed, choose } = choices;
  // Updated at the end of a drag, not at each step.
  const drawn = useDocument(({ history, root }) => history.gesture?.before ?? root);
  const selection = useUi((state) => state.selection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the network is read from the stores
  const preview = useMemo(() => imageSource(svgOf(choices, false)), [choices, drawn, selection]);
  const ground = theme === 'dark' ? 'dim' : 'bright';
  return (
    <div className={css.form}>
      <div className={[css.preview, !background && css.checked, css[ground]].filter(Boolean).join(' ')}>
        <img src={preview} alt={say('picture.preview')} />
      </div>
      <div className={css.choices}>
        <Choice
          label={say('picture.format')}
          value={format}
          options={(['svg', 'png'] as const).map((value) => ({ value, label: formats[value] }))}
          onChange={(value) => choose({ format: value })}
        />
        {format === 'png' && (
          <Choice
            label={say('picture.scale')}
            value={scale}
            options={scales.map((value) => ({ value, label: `${value}×` }))}
            onChange={(value) => choose({ scale: value })}
          />
        )}
        <Choice
          label={say('picture.part')}
          value={part}
          options={[
            { value: 'all', label: say('picture.all') },
            { value: 'selection', label: say('picture.selection'), disabled: selection.nodes.length === 0 },
          ]}
          onChange={(value) => choose({ part: value })}
        />
        <Choice
          label={say('picture.theme')}
          value={theme}
          options={pictureThemes.map((value) => ({ value, label: say(`picture.theme.${value}`) }))}
          onChange={(value) => choose({ theme: value })}
        />
        <Choice
          label={say('picture.language')}
          value={language}
          options={[
            { value: 'en', label: say('picture.english') },
            { value: 'zh', label: say('picture.chinese') },
          ]}
          onChange={(value) => choose({ language: value })}
        />
        <div className={css.checks}>
          <Check label={say('picture.shapes')} checked={shapes} onChange={(on) => choose({ shapes: on })} />
          <Check
            label={say('picture.transparent')}
            checked={!background}
            onChange={(on) => choose({ background: !on })}
          />
          <Check label={say('picture.embed')} checked={embed} onChange={(on) => choose({ embed: on })} />
        </div>
        <p className={css.note}>{say(embed ? 'picture.embedHint' : 'picture.noEmbedHint')}</p>
        <Button look="filled" label={say('picture.save')} onClick={() => save().catch(console.error)}>
          {say('picture.save')}
        </Button>
      </div>
    </div>
  );
}
