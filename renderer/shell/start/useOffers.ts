import { useCallback, useEffect, useState } from 'react';
import type { LostNetwork, RecentFile } from '../../../src/desktopCalls.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { newestWins } from '../../state/desktop/newestWins.ts';

interface Offers {
  readonly recent: readonly RecentFile[];
  readonly lost: readonly LostNetwork[];
}

/**
 * Unsaved networks, interrupted runs and recent files from the main process; updated when the window gets the focus.
 */
export function useOffers(): Offers & { refresh(): void } {
  const [offers, setOffers] = useState<Offers>({ recent: [], lost: [] });
  const [begin] = useState(newestWins);
  const refresh = useCallback(() => {
    const isNewest = begin();
    callDesktop('startPage').then((found) => isNewest() && setOffers(found), console.error);
  }, [begin]);
  useEffect(() => {
    refresh();
    window.addEventListener('focus', refresh);
    return () => window.removeEventListener('focus', refresh);
  }, [refresh]);
  return { ...offers, refresh };
}
