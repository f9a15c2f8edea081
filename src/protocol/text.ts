import { z } from 'zod';

export const text = z.object({ en: z.string(), zh: z.string() });
