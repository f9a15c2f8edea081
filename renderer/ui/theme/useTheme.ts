import { useSyncExternalStore } from 'react';
import { type Theme, themeSource } from './theme.ts';

/** Colors of the window; a new object after the user or the system changes them. */
export const useTheme = (): Theme => useSyncExternalStore(themeSource.subscribe, themeSource.get);
