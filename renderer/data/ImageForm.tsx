import { useRef } from 'react';
import { sameValue } from '../../src/check/sameValue.ts';
import type { ImageConfig } from '../../src/graph/document.ts';
import { choice, type Field, int } from '../../src/layers/config.ts';
import { changeReading } from '../state/data/ownData.ts';
import rowCss from '../ui/fields/FieldRow.module.css';
import { FieldRow } from '../ui/fields/FieldRow.tsx';
import { useDraft } from '../ui/fields/useDraft.ts';
import { useWords } from '../ui/i18n/i18n.ts';

const side = (label: Field['label']) => int({ label, default: 64, min: 1, max: 4096 });

const fields = {
  height: side({ en: 'Height', zh: '高' }),
  width: side({ en: 'Width', zh: '宽' }),
  channels: choice({
    label: { en: 'Channels', zh: '通道' },
    default: '3',
    options: [
      { value: '1', label: { en: 'Gray', zh: '灰度' } },
      { value: '3', label: { en: 'Color', zh: '彩色' } },
    ],
  }),
  fit: choice({
    label: { en: 'Fit', zh: '缩放方式' },
    default: 'stretch',
    options: [
      { value: 'stretch', label: { en: 'Stretch to size', zh: '拉伸' } },
      { value: 'crop', label: { en: 'Crop the center', zh: '居中裁剪' } },
    ],
  }),
};

/** Size and channels of own images; they are read again after each change. */
export function ImageForm({ image }: { readonly image: ImageConfig }) {
  const { say } = useWords();
  const draft = useDraft(image);
  const asked = useRef(image);
  function commit(): void {
    // Enter and leaving the field are one change.
    const wanted = draft.latest();
    if (sameValue(asked.current, wanted)) return;
    asked.current = wanted;
    void changeReading({ image: wanted });
  }
  return (
    <section aria-label={say('data.images')}>
      <h2>{say('data.images')}</h2>
      <div className={rowCss.fields}>
        {Object.entries(fields).map(([key, field]) => (
          <FieldRow
            key={key}
            field={field}
            value={key === 'channels' ? `${draft.value.channels}` : draft.value[key as keyof ImageConfig]}
            changed={false}
            onChange={(value) => draft.change({ ...draft.latest(), [key]: key === 'channels' ? Number(value) : value })}
            onCommit={commit}
            onCancel={() => draft.change(image)}
          />
        ))}
      </div>
    </section>
  );
}
