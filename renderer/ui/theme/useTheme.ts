import { useSyncExternalStore } from 'react';
import { type Theme, themeSource } from './theme.ts';

/** Colours of the window; another object when the user's choice or the system's has changed them. */
export const useTheme = (): Theme => useSyncExternalStore(themeSource.subscribe, themeSource.get);
