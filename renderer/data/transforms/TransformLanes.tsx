import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { TransformStep } from '../../../src/graph/document.ts';
import { withMoved, withRemoved } from '../../../src/transforms/arranging.ts';
import type { ImageShape } from '../../../src/transforms/image.ts';
import { transformOf } from '../../../src/transforms/index.ts';
import { readPipeline } from '../../../src/transforms/pipeline.ts';
import spoken from '../../ui/controls/Spoken.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { AddTransform } from './AddTransform.tsx';
import { setTransforms, useTransforms } from './editTransforms.ts';
import { useGallery } from './galleryStore.ts';
import { TransformCard } from './TransformCard.tsx';
import css from './TransformLanes.module.css';
import { TransformProblems } from './TransformProblems.tsx';

/** MIME type of a dragged transform. */
const DRAGGED = 'application/x-netloom-transform';

/** Transforms in a row that run at the same times. */
interface Lane {
  readonly random: boolean;
  readonly places: readonly number[];
}

export function lanesOf(list: readonly TransformStep[]): readonly Lane[] {
  const lanes: { random: boolean; places: number[] }[] = [];
  for (const [place, { type }] of list.entries()) {
    const random = transformOf(type)?.random ?? false;
    const last = lanes.at(-1);
    if (last?.random === random) last.places.push(place);
    else lanes.push({ random, places: [place] });
  }
  return lanes;
}

interface Drop {
  readonly place: number;
  readonly side: 'before' | 'after';
}

/** The list of transforms, in lanes by when they run. They are moved by drag or Alt and arrow keys. */
export function TransformLanes({ image }: { readonly image: ImageShape }) {
  const { say, pick } = useWords();
  const list = useTransforms();
  const section = useRef<HTMLElement>(null);
  const focusNext = useRef<number | null>(null);
  const [said, setSaid] = useState('');
  const [dragged, setDragged] = useState<number | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const { pipeline, problems } = readPipeline(list, image);
  const nameOf = (place: number) => {
    const { type } = list[place] as TransformStep;
    const transform = transformOf(type);
    return transform === undefined ? type : pick(transform.title);
  };
  const outputBefore = (place: number): ImageShape =>
    readPipeline(list.slice(0, place), image).pipeline?.output ?? image;

  useEffect(() => {
    if (focusNext.current === null) return;
    const cards = section.current?.querySelectorAll<HTMLElement>('[data-place] [aria-expanded]');
    const card = cards?.[Math.min(focusNext.current, cards.length - 1)];
    focusNext.current = null;
    (card ?? section.current?.querySelector<HTMLElement>('[aria-haspopup]'))?.focus();
  });

  function move(from: number, to: number): void {
    if (to < 0 || to >= list.length || to === from) return;
    const { open } = useGallery.getState();
    const places = [...list.keys()];
    focusNext.current = to;
    setSaid(say('transforms.moved', { name: nameOf(from), place: to + 1, count: list.length }));
    if (open !== null) useGallery.setState({ open: places.toSpliced(from, 1).toSpliced(to, 0, from).indexOf(open) });
    setTransforms(withMoved(list, from, to));
  }
  function remove(place: number): void {
    focusNext.current = place;
    setSaid(say('transforms.removed', { name: nameOf(place) }));
    useGallery.setState({ open: null });
    setTransforms(withRemoved(list, place));
  }
  function sideOf(event: DragEvent): Drop['side'] {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return event.clientY < top + height / 2 ? 'before' : 'after';
  }
  const dropOn = (place: number) => ({
    onDragOver(event: DragEvent) {
      if (dragged === null || !event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      setDrop({ place, side: sideOf(event) });
    },
    onDragLeave: () => setDrop(null),
    onDrop(event: DragEvent) {
      if (dragged === null || !event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      const target = place + (sideOf(event) === 'after' ? 1 : 0);
      move(dragged, target > dragged ? target - 1 : target);
      setDrop(null);
      setDragged(null);
    },
  });

  return (
    <section ref={section} className={css.lanes} aria-label={say('transforms.steps')}>
      {list.length === 0 && <p className={css.none}>{say('transforms.none')}</p>}
      {lanesOf(list).map(({ random, places }) => {
        const title = say(random ? 'transforms.trainingOnly' : 'transforms.always');
        return (
          <section key={places[0]} className={css.lane} data-random={random || undefined} aria-label={title}>
            <h3>
              {title}
              <span>{say(random ? 'transforms.trainingOnlyHint' : 'transforms.alwaysHint')}</span>
            </h3>
            <ol start={(places[0] ?? 0) + 1}>
              {places.map((place) => (
                <TransformCard
                  key={place}
                  place={place}
                  channels={outputBefore(place)[0]}
                  problems={problems.filter((problem) => problem.place === place)}
                  drop={drop?.place === place && dragged !== place ? drop.side : null}
                  dropOn={dropOn(place)}
                  onMove={(to) => move(place, to)}
                  onRemove={() => remove(place)}
                  onDragStart={(event) => {
                    setDragged(place);
                    event.dataTransfer.setData(DRAGGED, `${place}`);
                    event.dataTransfer.effectAllowed = 'move';
                  }}
                  onDragEnd={() => {
                    setDragged(null);
                    setDrop(null);
                  }}
                />
              ))}
            </ol>
          </section>
        );
      })}
      <TransformProblems problems={problems.filter(({ place }) => place === null)} />
      <div className={css.foot}>
        <AddTransform
          image={pipeline?.output ?? image}
          onAdded={(place) => {
            focusNext.current = place;
          }}
        />
        {pipeline !== null && (
          <span className={css.output}>{say('transforms.output', { shape: pipeline.output.join('×') })}</span>
        )}
      </div>
      <span className={spoken.spoken} role="status">
        {said}
      </span>
    </section>
  );
}
