// Entry point of the command line. `netloom.mjs` runs its built form.
import { main } from '../src/cli/main.ts';
import { starters, templates } from '../templates/index.ts';
import { pretrainedIds } from '../templates/pretrained.ts';

await main({ script: import.meta.url, templates: { all: templates, starters }, pretrained: pretrainedIds });
