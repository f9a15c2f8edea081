import { z } from 'zod';

/** Colors of the window; `contrast` is dark with stronger lines. */
export const themeSchema = z.enum(['system', 'light', 'dark', 'contrast']);
export type Theme = z.infer<typeof themeSchema>;
