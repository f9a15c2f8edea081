import { create } from 'zustand';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { useDocument } from '../../state/stores/stores.ts';

/** How long an effect stays to be read after the change is made (ms). */
const STAYS = 8000;

interface EffectState {
  /** How things stood before the change. */
  readonly before: CheckResult | null;
  /** The same of the whole network: the change may be inside a block of it. */
  readonly rootBefore: CheckResult | null;
  /** The field that is changed. */
  readonly field: string | null;
  /** The gesture goes on. */
  readonly live: boolean;
  /** It is still to be read. */
  readonly shown: boolean;
  /** `check`: of the drawing that is changed. */
  begin(field: string, check?: CheckResult): void;
  settle(): void;
  clear(): void;
}

/** State that a change in the inspector is compared with, from its start until shortly after its end. */
export const useEffects = create<EffectState>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const nothing = { before: null, rootBefore: null, field: null, live: false, shown: false };
  return {
    ...nothing,
    begin(field, check = useDocument.getState().check) {
      clearTimeout(timer);
      if (get().live) return;
      const { rootCheck } = useDocument.getState();
      set({ before: check, rootBefore: rootCheck, field, live: true, shown: true });
    },
    settle() {
      if (!get().live) return;
      set({ live: false });
      // The problems that the change caused stay at its field.
      timer = setTimeout(() => set({ shown: false }), STAYS);
    },
    clear() {
      clearTimeout(timer);
      set(nothing);
    },
  };
});
