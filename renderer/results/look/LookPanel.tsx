import { useMemo } from 'react';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useKept } from '../../state/travel/keptStore.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { EmptyState } from '../../ui/controls/EmptyState.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerView } from './LayerView.tsx';
import css from './LookPanel.module.css';
import { useLook } from './lookStore.ts';
import type { LookRequest } from './requests.ts';
import { SampleBox } from './SampleBox.tsx';
import { Strip } from './Strip.tsx';
import { type Station, stationsOf } from './stations.ts';
import { useLookReply } from './useLookReply.ts';

/** Limits for a single layer, and for each layer of the overview. */
const ALONE = { maps: 64, side: 96 };
const TOGETHER = { maps: 12, side: 48 };
/** Max number of layers in the overview. Larger networks are viewed block by block. */
const STATIONS = 64;

function useStations(): readonly Station[] {
  const { document: shown, check: shownCheck, isOther } = useShown();
  const levels = useDocument((state) => state.levels);
  const check = useDocument((state) => state.check);
  return useMemo(
    () =>
      // Only the network on the canvas has open levels.
      (isOther
        ? stationsOf(shownCheck, [], shown, shownCheck)
        : stationsOf(shownCheck, levels, useDocument.getState().document, check)
      ).slice(0, STATIONS),
    [shown, shownCheck, isOther, levels, check],
  );
}

/** First kept checkpoint of the current run. */
function useStart(): CheckpointRef | null {
  const run = useKept((state) => state.run);
  const step = useKept(({ checkpoints }) => checkpoints[0]?.step);
  return useMemo(() => (run === null || step === undefined ? null : { run, step }), [run, step]);
}

/** Panel “Look inside”: everything about the selected layer, or the outputs of all layers for one sample. */
export function LookPanel() {
  const { say, tell } = useWords();
  const stations = useStations();
  const { document: shown, check: shownCheck } = useShown();
  const selected = useUi(({ selection }) => (selection.nodes.length === 1 ? selection.nodes[0] : undefined));
  const station = stations.find(({ id }) => id === selected) ?? null;
  const sample = useLook((state) => state.sample);
  const at = useCheckpoint((state) => state.at);
  const start = useStart();
  const wanted = useMemo((): LookRequest | null => {
    // The document of the check keeps its identity while layers are dragged.
    const checked = shownCheck.graph?.document;
    const document = checked && { ...checked, data: shown.data };
    if (document === undefined || stations.length === 0) return null;
    const nodes = station === null ? stations.map(({ path }) => path) : [station.path];
    const limits = station === null ? TOGETHER : ALONE;
    return { document, nodes, sample, at, start, weights: station !== null, ...limits };
  }, [shown, shownCheck, stations, station, sample, at, start]);
  const seen = useLookReply(wanted);

  if (wanted === null) return <EmptyState>{say('look.errors')}</EmptyState>;
  // The last result stays until the next one for the same layers arrives, with other weights or another sample.
  const fits = seen !== null && seen.wanted.nodes.join('\n') === wanted.nodes.join('\n');
  const looked = fits ? seen.looked : null;
  const message = fits ? seen.message : null;
  return (
    <div className={css.panel}>
      <SampleBox station={station} looked={looked} />
      <div className={css.main}>
        {!fits && (
          <div className={css.late}>
            <EmptyState>{say('look.asking')}</EmptyState>
          </div>
        )}
        {message !== null && <EmptyState>{tell(message)}</EmptyState>}
        {looked !== null && looked.sample === null && station === null && <EmptyState>{say('look.choose')}</EmptyState>}
        {looked !== null && looked.sample !== null && station === null && <Strip stations={stations} looked={looked} />}
        {looked !== null && station !== null && <LayerView key={station.path} station={station} looked={looked} />}
      </div>
    </div>
  );
}
