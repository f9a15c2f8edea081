import { Button } from '../controls/Button.tsx';
import { useWords } from '../i18n/i18n.ts';
import type { KeptMoment } from './track.ts';
import { usePlaying } from './usePlaying.ts';

/** Runs through the checkpoints, from the start to now. */
export function PlayButton({ moments }: { readonly moments: readonly KeptMoment[] }) {
  const { say } = useWords();
  const { playing, play, pause } = usePlaying(moments);
  return (
    <Button
      label={say(playing ? 'travel.pause' : 'travel.play')}
      icon={playing ? 'pause' : 'play'}
      onClick={playing ? pause : play}
    />
  );
}
