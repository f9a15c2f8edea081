import { z } from 'zod';

// Imported before any schema is created. Otherwise zod tries to compile its parsers, which the page's policy forbids.
z.config({ jitless: true });
