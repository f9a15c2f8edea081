import type { CheckpointMeta } from '../../state/travel/track.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { usePlaying } from './usePlaying.ts';

/** Button that plays the checkpoints from first to last. */
export function PlayButton({ checkpoints }: { readonly checkpoints: readonly CheckpointMeta[] }) {
  const { say } = useWords();
  const { playing, play, pause } = usePlaying(checkpoints);
  return (
    <Button
      label={say(playing ? 'travel.pause' : 'travel.play')}
      icon={playing ? 'pause' : 'play'}
      onClick={playing ? pause : play}
    />
  );
}
