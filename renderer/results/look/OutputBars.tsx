import { type PointerEvent, useState } from 'react';
import type { LookedMaps } from '../../../src/protocol/look.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Bars } from './Bars.tsx';
import { ClassBars } from './ClassBars.tsx';
import { figure } from './figures.ts';
import css from './OutputBars.module.css';

interface Props {
  readonly maps: LookedMaps;
  readonly label: number | null;
  /** True if the values are class probabilities. */
  readonly classes: boolean;
}

/** Output of a layer without feature maps: a bar for each value. */
export function OutputBars({ maps: { data, count, shown, min, max }, label, classes }: Props) {
  const { say } = useWords();
  const [at, setAt] = useState<number | null>(null);
  const zeros = data.reduce((sum, value) => sum + Number(value === 0), 0);

  function onPointerMove(event: PointerEvent): void {
    const box = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientY - box.y) / box.height) * shown);
    setAt(index >= 0 && index < shown ? index : null);
  }

  return (
    <section className={css.output} aria-label={say('look.outputs')}>
      <h3 className={css.title}>
        {say('look.outputs')}
        <span>{shown < count ? say('look.first', { shown, count }) : `${count}`}</span>
      </h3>
      {classes ? (
        <ClassBars values={data} label={label} />
      ) : (
        <>
          <div className={css.bars} onPointerMove={onPointerMove} onPointerLeave={() => setAt(null)}>
            <Bars values={data} signed={min < 0} label={say('look.outputs')} />
          </div>
          <p className={css.words}>
            {at === null
              ? say('look.between', { min: figure(min), max: figure(max), zeros })
              : say('look.number', { index: at + 1, value: figure(data[at] as number) })}
          </p>
        </>
      )}
    </section>
  );
}
