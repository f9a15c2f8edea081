// Entry of the command line, which `netloom.mjs` runs when it is built.
import { main } from '../src/cli/main.ts';
import { starters, templates } from '../templates/index.ts';

await main({ script: import.meta.url, templates: { all: templates, starters } });
