import { useEffect, useState } from 'react';
import { sizeText } from '../../src/sizeText.ts';
import { engine } from '../state/desktop/engine.ts';
import { Button } from '../ui/controls/Button.tsx';
import { useWords } from '../ui/i18n/i18n.ts';

/** Disk space that decoded images of all datasets take, and a button that frees it. Nothing where there are none. */
export function DecodedImages() {
  const { say } = useWords();
  const [kept, setKept] = useState({ bytes: 0, most: 0 });
  const [isCleared, setCleared] = useState(false);

  useEffect(() => {
    engine.call('decodedImages', {}).then(setKept, console.error);
  }, []);

  const clear = async () => {
    const { bytes } = await engine.call('clearDecodedImages', {});
    setKept((before) => ({ ...before, bytes: Math.max(0, before.bytes - bytes) }));
    setCleared(true);
  };

  if (kept.bytes === 0 && !isCleared) return null;
  return (
    <section aria-label={say('data.decoded')}>
      <h2>{say('data.decoded')}</h2>
      <p role="status">
        {isCleared
          ? say('data.decodedCleared')
          : say('data.decodedSize', { size: sizeText(kept.bytes), most: sizeText(kept.most) })}
      </p>
      {kept.bytes > 0 && (
        <Button label={say('data.decodedClear')} look="outlined" onClick={() => void clear().catch(console.error)}>
          {say('data.decodedClear')}
        </Button>
      )}
    </section>
  );
}
