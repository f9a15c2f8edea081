import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect, useMemo } from 'react';
import { defaultPicture, drawSvg } from '../../../../src/export/svg.ts';
import type { NetworkDocument } from '../../../../src/graph/document.ts';
import { sizesIn } from '../../../../src/layout/size.ts';
import { elementOf } from '../../../state/levels/focusItem.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import popup from '../../../ui/controls/HoverCard.module.css';
import { useDark } from '../../../ui/controls/Thumbnail.tsx';
import { useWords } from '../../../ui/i18n/i18n.ts';
import css from './InsidePreview.module.css';
import { hidePreview, usePreview } from './preview.ts';

/** Maximum size of the picture, and the scale below which its text is not readable. */
const MOST = { width: 740, height: 540 } as const;
const READABLE = 0.72;

interface Picture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** Preview of the inside of a block with its shapes, beside its card. */
export function InsidePreview() {
  const { say, language } = useWords();
  const id = usePreview(({ node }) => node);
  const document = useDocument((state) => state.document);
  const check = useDocument((state) => state.check);
  const dark = useDark();
  const node = id === null ? undefined : document.nodes.find((candidate) => candidate.id === id);
  const picture = useMemo((): Picture | null => {
    if (node === undefined || (check.nodes.get(node.id)?.inside ?? []).length === 0) return null;
    const open = { ...node, open: true, position: { x: 0, y: 0 } };
    const { width, height } = sizesIn(document, check)(open);
    const scale = Math.min(1, MOST.width / width, MOST.height / height);
    const alone: NetworkDocument = { ...document, nodes: [open], edges: [], notes: [], frames: [] };
    const svg = drawSvg(alone, check, {
      ...defaultPicture,
      language,
      theme: dark ? 'dark' : 'light',
      detail: scale < READABLE ? 'thumbnail' : 'full',
      background: false,
      embed: false,
    });
    const [, across, down] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const url = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    return { url, width: Number(across) * scale, height: Number(down) * scale };
  }, [node, document, check, language, dark]);
  useEffect(() => {
    if (id !== null && picture === null) hidePreview();
  }, [id, picture]);

  const shown = picture !== null && node !== undefined;
  return (
    <Tooltip.Root open={shown} onOpenChange={(open) => !open && hidePreview()} disableHoverablePopup>
      <Tooltip.Portal>
        <Tooltip.Positioner
          className={popup.positioner}
          anchor={id === null ? null : elementOf(id)}
          side="right"
          sideOffset={14}
          collisionPadding={8}
        >
          {shown && (
            <Tooltip.Popup role="tooltip" className={`${popup.card} ${css.preview}`}>
              <p className={css.title}>{say('canvas.preview', { name: node.name })}</p>
              <img
                src={picture.url}
                width={picture.width}
                height={picture.height}
                alt={say('canvas.preview', { name: node.name })}
              />
            </Tooltip.Popup>
          )}
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
