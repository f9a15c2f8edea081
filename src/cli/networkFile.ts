import { templates } from '../../templates/index.ts';
import { fileError } from '../engine/files.ts';
import { readProjectFile } from '../engine/projectFile.ts';
import type { Reading, ReadProject } from '../graph/file.ts';
import { suggestion } from '../nearest.ts';
import { UserError } from '../text.ts';
import { drawnFrom } from './templateName.ts';

/**
 * What FILE names: a template (`drawnFrom`), or a file. Throws UserError with what to do. What is half read may be looked at,
 * never trained or exported: `reading` is strict unless the caller shows the remarks.
 */
export async function openNetwork(file: string, reading: Reading = 'strict'): Promise<ReadProject> {
  const document = drawnFrom(file);
  if (document !== null) return { document, weights: null, others: {}, remarks: [] };
  try {
    return await readProjectFile(file, { name: file, reading });
  } catch (error) {
    if (error instanceof UserError) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw fileError(file, error);
    const meant = suggestion(
      file,
      templates.map(({ id }) => id),
    );
    throw new UserError({
      en: `There is no file '${file}', nor a template of that name. Check the path, or name a template. ${meant.en}`,
      zh: `既没有文件“${file}”，也没有这个名称的模板。请检查路径，或给出模板名。${meant.zh}`,
    });
  }
}
