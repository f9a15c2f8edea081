import { useCallback, useEffect, useState } from 'react';
import type { LostNetwork, RecentFile } from '../../../src/desktopCalls.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';

interface Offers {
  readonly recent: readonly RecentFile[];
  readonly lost: readonly LostNetwork[];
}

/** What main has to offer; asked again when the window comes back to the front. */
export function useOffers(): Offers & { refresh(): void } {
  const [offers, setOffers] = useState<Offers>({ recent: [], lost: [] });
  const refresh = useCallback(() => {
    callDesktop('startPage').then(setOffers, console.error);
  }, []);
  useEffect(() => {
    refresh();
    window.addEventListener('focus', refresh);
    return () => window.removeEventListener('focus', refresh);
  }, [refresh]);
  return { ...offers, refresh };
}
