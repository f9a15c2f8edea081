import { type RefObject, useId, useState } from 'react';
import { isBlockUsed } from '../../../src/graph/blockEdits.ts';
import { oneLine } from '../../../src/graph/document.ts';
import { exposedOf } from '../../../src/plan/exposable.ts';
import { planBlock } from '../../../src/plan/makeBlock.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './BlockDialog.module.css';
import { BlockPreview } from './BlockPreview.tsx';
import { type BlockTask, useBlockDialog } from './blockDialogStore.ts';
import { type BlockForm, chosenOf, formFor, tick } from './blockForm.ts';
import { FieldChoices } from './FieldChoices.tsx';

interface Props {
  readonly task: Exclude<BlockTask, { kind: 'rename' }>;
  /** Text field of the name. */
  readonly name: RefObject<HTMLInputElement | null>;
}

/** Form with title and fields of a new or edited block, and a preview of its card. */
export function BlockFields({ task, name }: Props) {
  const language = useUi((state) => state.language);
  // The form shows the block as it was when the dialog opened.
  const [form] = useState(() => formFor(useDocument.getState().document, task, language));
  return form && <OpenForm task={task} name={name} form={form} />;
}

function OpenForm({ task, name, form }: Props & { readonly form: BlockForm }) {
  const { say } = useWords();
  const id = useId();
  const [title, setTitle] = useState(form.title);
  const [ticked, setTicked] = useState(form.ticked);
  const root = useDocument((state) => state.root);
  const { close } = useBlockDialog.getState();
  const chosen = chosenOf(form.groups, ticked);
  const { block } = form;
  const used = block !== null && isBlockUsed(root, block.id);

  function apply(): void {
    const words = title.trim();
    if (words === '') {
      name.current?.focus();
      return;
    }
    const { document: now, edit } = useDocument.getState();
    const { select, notify } = useUi.getState();
    const exposed = exposedOf(chosen);
    if (task.kind === 'edit') {
      const present = now.blocks.find((each) => each.id === task.block);
      const same = present?.title === words && JSON.stringify(present.exposed) === JSON.stringify(exposed);
      if (present !== undefined && !same) edit([{ kind: 'setBlock', block: { ...present, title: words, exposed } }]);
    } else {
      const { edit: make, refused } = planBlock(now, task.nodes, words, exposed);
      if (make === null) {
        notify({ tone: 'bad', about: 'blocks', message: refused });
        return;
      }
      edit([make]);
      select({ nodes: [make.node.id] });
      close(make.node.id);
      return;
    }
    close();
  }

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <div className={css.head}>
        <label className={css.name} htmlFor={id}>
          {say('block.name')}
        </label>
        <input
          ref={name}
          id={id}
          className={css.text}
          value={title}
          aria-invalid={title.trim() === ''}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTitle(oneLine(event.target.value))}
        />
      </div>
      <div className={css.columns}>
        <FieldChoices
          groups={form.groups}
          ticked={ticked}
          onTick={(field, label) => setTicked(tick(form.groups, ticked, field, label))}
        />
        <BlockPreview form={form} title={title} chosen={chosen} />
      </div>
      <div className={css.foot}>
        {block !== null && (
          <Button
            label={say('block.delete')}
            hint={used ? say('block.used') : say('block.delete')}
            look="outlined"
            disabled={used}
            onClick={() => {
              useDocument.getState().edit([{ kind: 'removeBlock', block: block.id }]);
              close();
            }}
          >
            {say('block.delete')}
          </Button>
        )}
        <p className={css.note}>{block !== null && say('block.everywhere')}</p>
        <Button label={say('block.cancel')} look="outlined" onClick={() => close()}>
          {say('block.cancel')}
        </Button>
        <Button
          label={say(block === null ? 'block.doMake' : 'block.doEdit')}
          look="filled"
          disabled={title.trim() === ''}
          onClick={apply}
        >
          {say(block === null ? 'block.doMake' : 'block.doEdit')}
        </Button>
      </div>
      {/* Enter in a field confirms, as its button does. */}
      <button type="submit" hidden tabIndex={-1} />
    </form>
  );
}
