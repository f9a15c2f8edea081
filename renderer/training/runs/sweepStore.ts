import { create } from 'zustand';
import { sweepFields } from '../../../src/sweep/fields.ts';
import { settle } from '../../state/files/saving.ts';
import { useRuns } from '../../state/stores/runsStore.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { wordsIn } from '../../ui/i18n/i18n.ts';
import { type SweepForm, startValues } from './sweepForm.ts';

interface SweepState extends SweepForm {
  readonly open: boolean;
  /** Generation of the network to which the fields belong (see the document store). */
  readonly generation: number;
  change(form: Partial<SweepForm>): void;
  close(): void;
}

/** Form of the sweep dialog. It keeps the last input while the same network is open. */
export const useSweep = create<SweepState>()((set) => ({
  open: false,
  generation: -1,
  kind: 'grid',
  rows: [],
  count: 20,
  seeds: 1,
  group: '',
  change: (form) => set(form),
  close: () => set({ open: false }),
}));

/** First unused group name. */
export function freshGroup(of: (number: number) => string): string {
  const taken = new Set(useRuns.getState().runs.map(({ group }) => group));
  for (let number = 1; ; number++) {
    const name = of(number);
    if (!taken.has(name)) return name;
  }
}

export function openSweep(): void {
  settle();
  const { generation, root } = useDocument.getState();
  const { say } = wordsIn[useUi.getState().language];
  const group = freshGroup((number) => say('sweep.groupName', { network: root.name, number }));
  const rate = sweepFields(root).find(({ id }) => id === 'recipe.optimizer.learningRate');
  const start = rate === undefined ? [] : [{ field: rate.id, values: startValues(rate) }];
  const fresh = generation !== useSweep.getState().generation;
  useSweep.setState({ open: true, generation, group, ...(fresh && { rows: start }) });
}
