import { type CSSProperties, type KeyboardEvent, memo, useMemo, useRef } from 'react';
import type { LookedLayer, LookedMaps, LookedSample } from '../../../src/protocol/look.ts';
import { showFromHere } from '../../state/levels/navigate.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import { Bars } from './Bars.tsx';
import { ClassBars } from './ClassBars.tsx';
import { isClassifier, operationKey } from './operation.ts';
import { Pixels } from './Pixels.tsx';
import { paintSheet } from './raster.ts';
import type { LookReply } from './requests.ts';
import css from './Strip.module.css';
import { sampleImage } from './sampleImage.ts';
import { limitOf } from './scale.ts';
import type { Station } from './stations.ts';
import { useScale } from './useScale.ts';

interface Props {
  readonly stations: readonly Station[];
  readonly looked: NonNullable<LookReply['looked']>;
}

/** All layers from input to output, each with its output for the sample. */
export function Strip({ stations, looked }: Props) {
  const { say } = useWords();
  const list = useRef<HTMLOListElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const all = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = all[all.indexOf(event.target as HTMLButtonElement) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <ol ref={list} className={css.strip} aria-label={say('look.strip')} onKeyDown={onKeyDown}>
      {looked.layers.map((layer, i) => {
        const station = stations[i];
        return (
          station !== undefined && (
            <StationView key={layer.path} station={station} layer={layer} sample={looked.sample} first={i === 0} />
          )
        );
      })}
    </ol>
  );
}

interface StationProps {
  readonly station: Station;
  readonly layer: LookedLayer;
  readonly sample: LookedSample | null;
  readonly first: boolean;
}

const StationView = memo(function StationView({ station, layer, sample, first }: StationProps) {
  const { say, pick } = useWords();
  const { card, id } = station;
  const { maps } = layer;
  const quiet = maps === null ? 0 : maps.silent.reduce((a, b) => a + b, 0);
  const images = maps !== null && maps.height * maps.width > 1;
  return (
    <li className={css.station}>
      <button
        type="button"
        tabIndex={first ? 0 : -1}
        className={css.button}
        title={say('look.open', { kind: pick(card.kind), name: card.name })}
        onClick={() => showFromHere([id])}
      >
        <span className={css.head}>
          <span className={css.icon} style={{ color: `var(--category-${card.category})` }}>
            <LayerIcon layer={card.layer} category={card.category} />
          </span>
          {card.name}
        </span>
        <span className={css.shown}>
          {maps !== null && <Content card={card} maps={maps} sample={sample} path={layer.path} />}
        </span>
        <span className={css.foot}>
          {!isClassifier(card) && <span className={css.shape}>{card.shape}</span>}
          {maps !== null && maps.shown < maps.count && (
            <span>{say('look.first', { shown: maps.shown, count: maps.count })}</span>
          )}
          {images && quiet > 0 && <span>{say('look.quiet', { count: quiet })}</span>}
        </span>
        <span className={css.operation}>{say(`look.operation.${operationKey(card)}`)}</span>
      </button>
    </li>
  );
});

interface ContentProps {
  readonly card: Station['card'];
  readonly path: string;
  readonly maps: LookedMaps;
  readonly sample: LookedSample | null;
}

function Content({ card, path, maps, sample }: ContentProps) {
  const scale = useScale();
  const { data, shown, height, width, min } = maps;
  const input = sample?.inputs.find(({ name }) => name === path);
  const raster = useMemo(() => {
    if (height * width <= 1) return null;
    const own = input === undefined ? null : sampleImage(input);
    if (own !== null) return own;
    const ink = { kind: 'scale', scale, limit: limitOf(data) } as const;
    return paintSheet({ data, start: 0, count: shown, height, width }, columnsOf(shown), ink);
  }, [input, data, shown, height, width, scale]);
  if (isClassifier(card)) return <ClassBars values={data} label={sample?.label ?? null} />;
  if (raster === null) return <Bars values={data} signed={min < 0} />;
  const aspect = { '--aspect': raster.width / raster.height } as CSSProperties;
  return <Pixels raster={raster} className={css.sheet} style={aspect} />;
}

/** Number of columns, so that images are stacked three or four high. */
const columnsOf = (count: number): number => (count <= 3 ? 1 : count <= 8 ? 2 : Math.ceil(count / 4));
