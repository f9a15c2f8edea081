import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type BrowserWindow, dialog } from 'electron';

import type { NetworkDocument } from '../src/graph/document.ts';
import { type Project, RUNS, readProject, writeProject } from '../src/graph/file.ts';
import type { DesktopArgs, DesktopResult } from '../src/protocol.ts';
import { type Language, type Text, UserError } from '../src/text.ts';
import { writeAtomically } from './atomicWrite.ts';
import type { EngineHost } from './engineHost.ts';
import { texts } from './texts.ts';

export interface Files {
  open(): Promise<DesktopResult<'open'>>;
  save(document: NetworkDocument, as: boolean): Promise<DesktopResult<'save'>>;
  exportOnnx(document: NetworkDocument): Promise<DesktopResult<'exportOnnx'>>;
  saveFile(file: DesktopArgs<'saveFile'>[0]): Promise<DesktopResult<'saveFile'>>;
  reset(): Promise<DesktopResult<'reset'>>;
}

interface Surroundings {
  readonly window: BrowserWindow;
  readonly engine: EngineHost;
  language(): Language;
}

function explain(error: unknown, failed: (reason: string) => Text): Text {
  if (error instanceof UserError) return error.text;
  return failed(error instanceof Error ? error.message : String(error));
}

const withExtension = (path: string, extension: string): string =>
  basename(path).includes('.') ? path : `${path}.${extension}`;

/** Without what no file system takes, or takes for a folder. */
const fileName = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-');

/** The window's file: which one it is, and what it holds beside the document. The page never names a path. */
export function createFiles({ window, engine, language }: Surroundings): Files {
  let path: string | null = null;
  let others: Project['others'] = {};

  async function setWeights(weights: Uint8Array<ArrayBuffer>): Promise<void> {
    await engine.request({ kind: 'setWeights', weights });
    engine.keepWeights(weights);
  }

  /** Gives the engine the run of a file, to go on with. A damaged one costs only that. */
  async function setRun(entries: Project['others']): Promise<void> {
    const runs = Object.fromEntries(Object.entries(entries).filter(([entry]) => entry.startsWith(RUNS)));
    if (Object.keys(runs).length === 0) return;
    await engine
      .request({ kind: 'setCheckpoint', entries: runs as Record<string, Uint8Array<ArrayBuffer>> })
      .catch(console.error);
  }

  /** What the file holds besides, with the engine's run in place of the file's where it has one. */
  async function withRun(entries: Project['others']): Promise<Project['others']> {
    const answer = await engine.request({ kind: 'getCheckpoint' });
    if (answer.kind !== 'checkpoint' || Object.keys(answer.entries).length === 0) return entries;
    const kept = Object.fromEntries(Object.entries(entries).filter(([entry]) => !entry.startsWith(RUNS)));
    return { ...kept, ...answer.entries };
  }

  return {
    async open() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters: [
          { name: texts[language()].networks, extensions: ['netloom', 'json'] },
          { name: texts[language()].allFiles, extensions: ['*'] },
        ],
      });
      const [chosen] = filePaths;
      if (chosen === undefined) return { ok: true, file: null };
      try {
        const project = readProject(new Uint8Array(await readFile(chosen)), basename(chosen));
        await setWeights(new Uint8Array(project.weights ?? []));
        await setRun(project.others);
        path = chosen;
        others = project.others;
        return { ok: true, file: { path, document: project.document, hasWeights: project.weights !== null } };
      } catch (error) {
        return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(basename(chosen), reason)) };
      }
    },

    async save(document, as) {
      // A bare JSON cannot hold weights, and templates are not to be overwritten by a project: ask where to.
      let target = as || path?.endsWith('.json') ? null : path;
      if (target === null) {
        const { filePath } = await dialog.showSaveDialog(window, {
          defaultPath: path?.replace(/\.json$/, '.netloom') ?? `${document.name}.netloom`,
          filters: [{ name: texts[language()].networks, extensions: ['netloom'] }],
        });
        if (!filePath) return { ok: true, path: null };
        target = withExtension(filePath, 'netloom');
      }
      try {
        const answer = await engine.request({ kind: 'getWeights' });
        const weights = answer.kind === 'weights' ? answer.weights : new Uint8Array();
        others = await withRun(others);
        await writeAtomically(target, writeProject({ document, weights, others }));
        engine.keepWeights(weights);
        path = target;
        return { ok: true, path };
      } catch (error) {
        const name = basename(target);
        return { ok: false, message: explain(error, (reason) => texts.couldNotSave(name, reason)) };
      }
    },

    async exportOnnx(document) {
      const { filePath } = await dialog.showSaveDialog(window, {
        defaultPath: `${document.name}.onnx`,
        filters: [{ name: 'ONNX', extensions: ['onnx'] }],
      });
      if (!filePath) return { ok: true, written: null };
      const target = withExtension(filePath, 'onnx');
      try {
        const answer = await engine.request({ kind: 'export', document, fileName: basename(target) });
        if (answer.kind !== 'exported') throw new Error(`The engine answered an export with '${answer.kind}'`);
        const { model, external, ...rest } = answer.result;
        // First what the model refers to: an older model never points into a newer file that is only half there.
        if (external !== null)
          await writeAtomically(join(dirname(target), external.name), Buffer.concat(external.parts));
        await writeAtomically(target, model);
        return { ok: true, written: { ...rest, path: target, bytes: model.length } };
      } catch (error) {
        const name = basename(target);
        return { ok: false, message: explain(error, (reason) => texts.couldNotExport(name, reason)) };
      }
    },

    async saveFile({ suggestedName, filters, bytes }) {
      const { filePath } = await dialog.showSaveDialog(window, { defaultPath: fileName(suggestedName), filters });
      if (!filePath) return { ok: true, path: null };
      const extensions = filters.flatMap((filter) => filter.extensions);
      const fits = extensions.includes(extname(filePath).slice(1).toLowerCase());
      const target = fits ? filePath : `${filePath}.${extensions[0]}`;
      try {
        await writeAtomically(target, bytes);
        return { ok: true, path: target };
      } catch (error) {
        const name = basename(target);
        return { ok: false, message: explain(error, (reason) => texts.couldNotWrite(name, reason)) };
      }
    },

    async reset() {
      path = null;
      others = {};
      // Even an engine that is just being started again must not bring the old weights back.
      engine.keepWeights(new Uint8Array());
      await engine.request({ kind: 'setWeights', weights: new Uint8Array() }).catch(console.error);
      return { ok: true };
    },
  };
}
