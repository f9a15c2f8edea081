import { create } from 'zustand';
import type { OutputResults, Results } from '../../../src/protocol/results.ts';
import { UserError } from '../../../src/text.ts';
import { engine } from '../../state/desktop/engine.ts';
import { oneAtATime } from '../../state/desktop/oneAtATime.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { shownNetwork, shownNow } from '../../state/travel/shownNetwork.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import type { Cell, Order } from './evaluation.ts';

export type View = 'confusion' | 'classes' | 'mistakes' | 'calibration' | 'numbers' | 'plane';

interface ResultsState {
  readonly results: Results | null;
  /** Dataset of the samples. */
  readonly source: string;
  readonly asking: boolean;
  /** Reason why there are no results. */
  readonly message: Message | null;
  readonly view: View;
  /** Index of the selected output. */
  readonly output: number;
  readonly cell: Cell | null;
  readonly shares: boolean;
  readonly order: Order;
  show(view: View): void;
  choose(change: Partial<Pick<ResultsState, 'output' | 'cell' | 'shares' | 'order'>>): void;
}

const none = { results: null, message: null, cell: null, output: 0 } as const;

export const useResults = create<ResultsState>()((set) => ({
  ...none,
  source: '',
  asking: false,
  view: 'confusion',
  shares: false,
  order: 'loss',
  show: (view) => set({ view }),
  choose: (change) => set(change),
}));

export const shownOutput = ({ results, output }: ResultsState): OutputResults | null =>
  results?.outputs[output] ?? results?.outputs[0] ?? null;

/** Views for the type of the output. The plane is included if samples have two features. */
export const viewsOf = ({ answers }: OutputResults, flat: boolean): readonly View[] => [
  ...(answers === 'numbers'
    ? (['numbers', 'mistakes'] as const)
    : (['confusion', 'classes', 'mistakes', 'calibration'] as const)),
  ...(flat ? (['plane'] as const) : []),
];

const ask = oneAtATime(async () => {
  const shown = shownNetwork();
  const isStillShown = shownNow();
  const isBroken = shown.at === undefined && useDocument.getState().rootCheck.graph === null;
  if (isBroken || useRun.getState().engine !== 'ready') return;
  useResults.setState({ asking: true });
  try {
    const results = await engine.call('results', shown);
    if (isStillShown()) useResults.setState({ results, source: shown.document.data.source, message: null });
  } catch (error) {
    // Other errors mean that the engine stopped, which is reported elsewhere.
    if (error instanceof UserError && isStillShown()) useResults.setState({ ...none, message: error.text });
  } finally {
    useResults.setState({ asking: false });
  }
});

/** Requests the results of the shown network. A request during another one is sent after it. */
export const requestResults = (): Promise<void> => ask(undefined);
