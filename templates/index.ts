import { alexnetTemplates } from './alexnet.ts';
import { densenetTemplates } from './densenet.ts';
import { googlenetTemplates } from './googlenet.ts';
import { lenetTemplates } from './lenet.ts';
import { linearTemplates } from './linear.ts';
import { mlpTemplates } from './mlp.ts';
import { ninTemplates } from './nin.ts';
import { resnetTemplates } from './resnet.ts';
import type { Template } from './template.ts';
import { vggTemplates } from './vgg.ts';

export { type Family, families, type Template } from './template.ts';

const all: readonly Template[] = [
  ...lenetTemplates,
  ...mlpTemplates,
  ...linearTemplates,
  ...alexnetTemplates,
  ...vggTemplates,
  ...ninTemplates,
  ...googlenetTemplates,
  ...resnetTemplates,
  ...densenetTemplates,
];

const byId = new Map(all.map((template) => [template.id, template]));

/** Templates that train on the embedded digits without further choices; the first is the best to start with. */
export const starters: readonly Template[] = ['lenet_modern', 'lenet', 'mlp', 'softmax_regression'].flatMap(
  (id) => byId.get(id) ?? [],
);

/** All templates, starters first. */
export const templates: readonly Template[] = [...new Set([...starters, ...all])];

/** The template with this id, if there is one. */
export const templateOf = (id: string): Template | undefined => byId.get(id);
