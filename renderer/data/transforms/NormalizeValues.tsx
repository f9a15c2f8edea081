import { useState } from 'react';
import { readingKey } from '../../../src/data/readingKey.ts';
import { type Text, UserError } from '../../../src/text.ts';
import { withValues } from '../../../src/transforms/arranging.ts';
import { IMAGENET } from '../../../src/transforms/normalize.ts';
import { engine } from '../../state/desktop/engine.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { setTransforms, useTransforms } from './editTransforms.ts';
import css from './TransformCard.module.css';

interface Props {
  /** Place of the Normalize in the list. */
  readonly place: number;
  /** Channels of the images that it gets. */
  readonly channels: number;
}

const failed: Text = { en: 'The mean could not be computed.', zh: '无法计算均值。' };

/** Values as they are usually written: four decimals. A channel of one color has no spread to divide by. */
const written = (value: number): number => Number(value.toFixed(4));

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'computing' }
  | { readonly kind: 'done'; readonly count: number }
  | { readonly kind: 'failed'; readonly reason: Text };

/** Mean and standard deviation measured on the training images, or those of ImageNet. */
export function NormalizeValues({ place, channels }: Props) {
  const { say, pick } = useWords();
  const list = useTransforms();
  const [state, setState] = useState<State>({ kind: 'idle' });
  async function measure(): Promise<void> {
    setState({ kind: 'computing' });
    const { root: document } = useDocument.getState();
    try {
      const { count, mean, std } = await engine.call('channelMoments', { document, place });
      // Meanwhile, the data or the list may have become another.
      const { root: now } = useDocument.getState();
      const isSame =
        readingKey(now.data) === readingKey(document.data) && now.data.transforms === document.data.transforms;
      if (!isSame) return setState({ kind: 'idle' });
      setTransforms(withValues(list, place, { mean: mean.map(written), std: std.map((value) => written(value) || 1) }));
      setState({ kind: 'done', count });
    } catch (error) {
      setState({ kind: 'failed', reason: error instanceof UserError ? error.text : failed });
    }
  }
  return (
    <div className={css.values}>
      <Button
        look="outlined"
        label={say('transforms.fromData')}
        hint={say('transforms.fromDataHint')}
        disabled={state.kind === 'computing'}
        onClick={() => void measure()}
      >
        {say('transforms.fromData')}
      </Button>
      <Button
        look="outlined"
        label={say('transforms.imageNet')}
        hint={say(channels === 3 ? 'transforms.imageNetHint' : 'transforms.imageNetColor')}
        disabled={channels !== 3}
        onClick={() => {
          setTransforms(withValues(list, place, IMAGENET));
          setState({ kind: 'idle' });
        }}
      >
        {say('transforms.imageNet')}
      </Button>
      <span role="status">
        {state.kind === 'computing' && say('transforms.computing')}
        {state.kind === 'done' && say('transforms.computed', { count: whole(state.count) })}
        {state.kind === 'failed' && pick(state.reason)}
      </span>
    </div>
  );
}
