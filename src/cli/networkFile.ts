import { join } from 'node:path';
import { fileError } from '../engine/fileError.ts';
import { type OpenedProject, readProjectFile } from '../engine/projectFile.ts';
import type { Reading } from '../graph/file.ts';
import { nearest } from '../nearest.ts';
import { UserError } from '../text.ts';
import type { ReadyNetwork } from './readyNetwork.ts';
import { drawnFrom } from './templateName.ts';

/** Trained networks that ship with Netloom: their files, named by id. */
export interface PretrainedNetworks {
  readonly folder: string;
  readonly ids: readonly string[];
}

/**
 * Reads the network that FILE names: a trained network that ships with Netloom, a template (`drawnFrom`), or a file. Throws UserError with a remedy. `reading`:
 * strict by default, because a partly read network must not be trained or exported; a caller that shows the remarks may
 * be lenient. `words`: further values of FILE that may be suggested for a mistyped name.
 */
export type OpenNetwork = (file: string, reading?: Reading, words?: readonly string[]) => Promise<OpenedProject>;

export const networkOpener =
  (templates: readonly ReadyNetwork[], pretrained: PretrainedNetworks = { folder: '', ids: [] }): OpenNetwork =>
  (file, reading = 'strict', words = []) =>
    openNetwork(file, { templates, pretrained }, reading, words);

async function openNetwork(
  file: string,
  { templates, pretrained }: { readonly templates: readonly ReadyNetwork[]; readonly pretrained: PretrainedNetworks },
  reading: Reading,
  words: readonly string[],
): Promise<OpenedProject> {
  if (pretrained.ids.includes(file)) {
    return readProjectFile(join(pretrained.folder, `${file}.netloom`), { name: file, reading });
  }
  const document = drawnFrom(file, templates);
  if (document !== null) return { document, weights: null, others: {}, remarks: [], notice: null, lost: false };
  try {
    return await readProjectFile(file, { name: file, reading });
  } catch (error) {
    if (error instanceof UserError) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw fileError(file, error);
    const meant = nearest(file, [...words, ...pretrained.ids, ...templates.map(({ id }) => id)]);
    const next =
      meant.length > 0
        ? { en: `Did you mean ${meant.join(' or ')}?`, zh: `是否指 ${meant.join(' 或 ')}？` }
        : {
            en: 'Check the path, or use a template: netloom templates',
            zh: '请检查路径，或使用模板：netloom templates',
          };
    throw new UserError({
      en: `There is no file or template “${file}”. ${next.en}`,
      zh: `没有文件或模板“${file}”。${next.zh}`,
    });
  }
}
