import { type Ref, useImperativeHandle, useMemo, useRef } from 'react';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { Row } from '../../../src/compare/compare.ts';
import { defaultPicture, drawSvg } from '../../../src/export/svg.ts';
import type { NetworkDocument, Position, Size } from '../../../src/graph/document.ts';
import { sizesIn } from '../../../src/layout/size.ts';
import { useDark } from '../../ui/controls/Thumbnail.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { imageSource } from '../../ui/imageSource.ts';
import css from './ComparePictures.module.css';
import { Sign } from './Sign.tsx';
import { useScroll } from './useScroll.ts';

/** Handle of one pane, to zoom and scroll both together. */
export interface Pane {
  /** The scale at which the whole network fits; null for an empty pane. */
  fitting(): number | null;
  scrollBy(x: number, y: number): void;
  reveal(row: Row | null): void;
}

interface Props {
  readonly ref: Ref<Pane>;
  readonly which: 'a' | 'b';
  readonly name: string;
  /** Null if the network does not have this block. */
  readonly drawing: { readonly document: NetworkDocument; readonly check: CheckResult } | null;
  readonly rows: readonly Row[];
  readonly card: Row | null;
  readonly zoom: number;
  /** Called after the user scrolled by this distance, in pixels. */
  onScroll(x: number, y: number): void;
  onZoom(factor: number): void;
  onSelect(row: Row): void;
  onEnter(row: Row): void;
}

type Place = Position & Size;

/** Scale below which text is too small to read. */
const WORDLESS = 0.4;
/** Margin around the network, in pixels. */
const MARGIN = 12;

/** The view box of an SVG text. */
function boxOf(svg: string): { x: number; y: number; width: number; height: number } {
  const [x = 0, y = 0, width = 0, height = 0] = /viewBox="([^"]*)"/.exec(svg)?.[1]?.split(' ').map(Number) ?? [];
  return { x, y, width, height };
}

/** One of the two networks: unchanged layers are pale, the others have the sign and color of their state. */
export function ComparePane(props: Props) {
  const { ref, which, name, drawing, rows, card, zoom, onScroll, onZoom, onSelect, onEnter } = props;
  const { say, language } = useWords();
  const theme = useDark() ? 'dark' : 'light';
  const frame = useRef<HTMLDivElement>(null);
  const detail = zoom < WORDLESS ? 'thumbnail' : 'full';
  const picture = useMemo(() => {
    if (drawing === null) return null;
    const options = { ...defaultPicture, language, theme, detail, embed: false } as const;
    const svg = drawSvg(drawing.document, drawing.check, options);
    return { source: imageSource(svg), box: boxOf(svg) };
  }, [drawing, language, theme, detail]);
  const places = useMemo(() => {
    if (drawing === null) return new Map<string, Place>();
    const sizeOf = sizesIn(drawing.document, drawing.check);
    return new Map(drawing.document.nodes.map((node) => [node.id, { ...node.position, ...sizeOf(node) }]));
  }, [drawing]);
  const scroll = useScroll(frame, zoom, onScroll, onZoom);
  /** Position of a row's card in the pane. */
  const cardAt = (row: Row) => {
    const place = places.get(row[which]?.id ?? '');
    if (picture === null || place === undefined) return null;
    return {
      left: (place.x - picture.box.x) * zoom + MARGIN,
      top: (place.y - picture.box.y) * zoom + MARGIN,
      width: place.width * zoom,
      height: place.height * zoom,
    };
  };

  useImperativeHandle(ref, () => ({
    fitting() {
      const element = frame.current;
      if (picture === null || element === null) return null;
      const [width, height] = [element.clientWidth - 2 * MARGIN, element.clientHeight - 2 * MARGIN];
      return Math.min(width / picture.box.width, height / picture.box.height);
    },
    scrollBy: scroll.by,
    reveal(row) {
      const box = row === null ? null : cardAt(row);
      if (box !== null) scroll.show(box);
    },
  }));

  return (
    <figure className={css.pane} aria-label={say('compare.picture', { name })}>
      <figcaption className={css.caption}>{name}</figcaption>
      <div ref={frame} className={css.frame} {...scroll.handlers}>
        {picture === null ? (
          <p className={css.absent}>{say('compare.notThere')}</p>
        ) : (
          <div
            className={css.sheet}
            style={{ width: picture.box.width * zoom + 2 * MARGIN, height: picture.box.height * zoom + 2 * MARGIN }}
          >
            <img
              alt=""
              className={css.image}
              src={picture.source}
              style={{ width: picture.box.width * zoom, height: picture.box.height * zoom, margin: MARGIN }}
              draggable={false}
            />
            {rows.map((row) => {
              const style = cardAt(row);
              if (style === null) return null;
              return (
                <button
                  key={row.key}
                  type="button"
                  tabIndex={-1}
                  className={`${css.card} ${css[row.state]}`}
                  style={style}
                  aria-label={`${row[which]?.name}: ${say(`compare.state.${row.state}`)}`}
                  aria-pressed={row.key === card?.key}
                  onClick={() => onSelect(row)}
                  onDoubleClick={() => onEnter(row)}
                >
                  {row.state !== 'same' && (
                    <span className={css.badge}>
                      <Sign state={row.state} />
                    </span>
                  )}
                </button>
              );
            })}
          </div>
        )}
      </div>
    </figure>
  );
}
