import { z } from 'zod';

// Imported before any schema is made: zod would otherwise try to compile its parsers, which the page's policy forbids.
z.config({ jitless: true });
