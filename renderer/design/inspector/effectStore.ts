import { create } from 'zustand';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { useDocument } from '../../state/stores/stores.ts';

/** Time (ms) for which an effect stays visible after the change. */
const STAYS = 8000;

interface EffectState {
  /** The check before the change. */
  readonly before: CheckResult | null;
  /** The check of the whole network before the change, which may be inside a block. */
  readonly rootBefore: CheckResult | null;
  /** The changed field. */
  readonly field: string | null;
  /** True during the gesture. */
  readonly live: boolean;
  /** True while the effect is visible. */
  readonly shown: boolean;
  /** `check`: of the edited level. */
  begin(field: string, check?: CheckResult): void;
  settle(): void;
  clear(): void;
}

/** State before a change in the inspector, from its start until shortly after its end. */
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
      // Problems caused by the change stay visible at its field.
      timer = setTimeout(() => set({ shown: false }), STAYS);
    },
    clear() {
      clearTimeout(timer);
      set(nothing);
    },
  };
});
