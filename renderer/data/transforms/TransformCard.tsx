import type { DragEvent, HTMLAttributes, KeyboardEvent } from 'react';
import { valueText } from '../../../src/check/fixes.ts';
import type { ConfigValue, TransformStep } from '../../../src/graph/document.ts';
import { withValues } from '../../../src/transforms/arranging.ts';
import { transformOf } from '../../../src/transforms/index.ts';
import type { TransformProblem } from '../../../src/transforms/setting.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { setTransforms, useTransforms } from './editTransforms.ts';
import { useGallery } from './galleryStore.ts';
import css from './TransformCard.module.css';
import { TransformForm } from './TransformForm.tsx';
import { TransformProblems } from './TransformProblems.tsx';
import { transformIcon } from './transformIcons.ts';

interface Props {
  readonly place: number;
  readonly channels: number;
  readonly problems: readonly TransformProblem[];
  /** Side on which a dragged transform would come to lie; null if none is over this one. */
  readonly drop: 'before' | 'after' | null;
  readonly dropOn: Pick<HTMLAttributes<HTMLLIElement>, 'onDragOver' | 'onDragLeave' | 'onDrop'>;
  onMove(to: number): void;
  onRemove(): void;
  onDragStart(event: DragEvent): void;
  onDragEnd(): void;
}

/** One transform of the list; its settings open below its name. */
export function TransformCard({
  place,
  channels,
  problems,
  drop,
  dropOn,
  onMove,
  onRemove,
  onDragStart,
  onDragEnd,
}: Props) {
  const { say, pick } = useWords();
  const list = useTransforms();
  const isOpen = useGallery(({ open }) => open === place);
  const step = list[place] as TransformStep;
  const transform = transformOf(step.type);
  const isOn = step.on !== false;
  const name = transform === undefined ? step.type : pick(transform.title);
  const [first] = Object.entries(transform?.params ?? {});
  const summary = first === undefined ? null : valueText(first[1], (step[first[0]] as ConfigValue) ?? first[1].default);
  const toggle = () => useGallery.setState({ open: isOpen ? null : place });
  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey && event.key === 'ArrowUp') onMove(place - 1);
    else if (event.altKey && event.key === 'ArrowDown') onMove(place + 1);
    else if (event.key === 'Delete') onRemove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <li
      className={css.card}
      data-place={place}
      data-off={!isOn || undefined}
      data-wrong={problems.length > 0 || undefined}
      data-drop={drop ?? undefined}
      {...dropOn}
    >
      <button
        type="button"
        className={css.name}
        draggable
        aria-expanded={isOpen}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
        title={say('transforms.keys')}
        onClick={toggle}
        onKeyDown={onKeyDown}
        onDragStart={onDragStart}
        onDragEnd={onDragEnd}
      >
        <span className={css.grip}>
          <Icon name="grip" size={14} />
        </span>
        <Icon name={transformIcon(step.type)} />
        <span className={css.title}>{name}</span>
        <span className={css.summary}>{isOn ? summary !== null && pick(summary) : say('transforms.off')}</span>
      </button>
      {problems.length > 0 && <TransformProblems problems={problems} />}
      {isOpen && (
        <>
          {transform !== undefined && <TransformForm transform={transform} place={place} channels={channels} />}
          <div className={css.actions}>
            <Button icon="up" label={say('transforms.up')} disabled={place === 0} onClick={() => onMove(place - 1)} />
            <Button
              icon="down"
              label={say('transforms.down')}
              disabled={place === list.length - 1}
              onClick={() => onMove(place + 1)}
            />
            <Button
              label={say(isOn ? 'transforms.turnOff' : 'transforms.turnOn')}
              onClick={() => setTransforms(withValues(list, place, { on: !isOn }))}
            >
              {say(isOn ? 'transforms.turnOff' : 'transforms.turnOn')}
            </Button>
            <Button icon="remove" label={say('transforms.remove')} onClick={onRemove} />
          </div>
        </>
      )}
    </li>
  );
}
