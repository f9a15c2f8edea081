import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { duration } from '../run/duration.ts';
import { useSeriesSeconds } from './estimate.ts';

/** Number of runs of a series and their estimated time. */
export function SeriesSize({ documents }: { readonly documents: readonly NetworkDocument[] }) {
  const { say } = useWords();
  const seconds = useSeriesSeconds(documents);
  return (
    <>
      <b>{say('sweep.size', { count: documents.length })}</b>
      {documents.length > 0 && (
        <span>{seconds === null ? say('sweep.noTime') : say('sweep.time', { time: duration(say, seconds) })}</span>
      )}
    </>
  );
}
