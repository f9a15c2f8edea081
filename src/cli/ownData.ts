import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataName, isOwn, withOtherSource } from '../data/known.ts';
import { knownSet } from '../data/knownSets.ts';
import { recoloredText } from '../data/recolored.ts';
import { knownFolder } from '../engine/data/knownFolder.ts';
import { sourceSha256 } from '../engine/data/sourceSha256.ts';
import type { DataConfig, NetworkDocument } from '../graph/document.ts';
import type { EngineClient } from './engineClient.ts';
import { counted, countOf, type Output } from './output.ts';

/** Name of a dataset of Netloom, or the full path of own data, which is the same from every folder. */
export const fullSource = (source: string): string =>
  isOwn({ source }) && existsSync(source) ? resolve(source) : source;

/**
 * The document with its data in the place that the user gives, where that is the same data as before: by its fingerprint, or by its
 * name where it is no longer in its old place. Its settings stay; other data is left to `withSource`.
 */
export async function withMovedSource(document: NetworkDocument, given: string | undefined): Promise<NetworkDocument> {
  const { data } = document;
  if (given === undefined || data.sha256 === undefined || !isOwn(data)) return document;
  const source = fullSource(given);
  if (source === data.source || !isOwn({ source }) || !existsSync(source)) return document;
  const isGone = !existsSync(data.source) && dataName(source) === dataName(data.source);
  const isSame = isGone || (await sourceSha256(source).catch(() => null)) === data.sha256;
  return isSame ? { ...document, data: { ...data, source } } : document;
}

/**
 * The settings with the source that the user names. The same source is read again, whatever it contains by now; for another one
 * the settings of images and columns start over, and so does its fingerprint.
 */
export function withSource(data: DataConfig, given: string | undefined): DataConfig {
  if (given === undefined) return data;
  const source = fullSource(given);
  const { facts: _, ...again } = data;
  if (source === data.source) return again;
  const { image: _image, table: _table, split: _split, sha256: _sha256, relativeSource: _relative, ...rest } = again;
  return { ...rest, ...withOtherSource(data, source) };
}

/**
 * The document with the folder of a dataset that was asked for by name and lies on this computer, so that it counts as own data.
 * A name in the document that nobody asked for stays: the check offers other data. Throws UserError.
 */
export async function withFoundFiles(document: NetworkDocument, given: string | undefined): Promise<NetworkDocument> {
  const published = given === undefined || document.data.source !== given ? null : knownSet(given);
  if (published === null) return document;
  return { ...document, data: { ...document.data, source: await knownFolder(published) } };
}

/**
 * Opens the document's data in the engine, where it is the user's own, and tells what is in it. `whole`: all images are decoded, so
 * that all unreadable files are known. Returns the document with the
 * facts of the data. Throws UserError.
 */
export async function withOpenedData(
  engine: EngineClient,
  document: NetworkDocument,
  output: Output,
  { whole }: { readonly whole: boolean },
): Promise<NetworkDocument> {
  const { data } = document;
  if (!isOwn(data)) return document;
  const opened = await engine.call('openData', { document, asIs: false, whole });
  const { facts, image, recolored, unreadableCount, unreadable, sha256, isChanged } = opened;
  const name = dataName(data.source);
  const classes = facts.targets[0]?.classes ?? null;
  output.note({
    en: `${name}: ${countOf(facts.count, 'sample')}${classes === null ? '' : `, ${classes} ${classes === 1 ? 'class' : 'classes'}`}`,
    zh: `${name}：${counted(facts.count)} 个样本${classes === null ? '' : `，${classes} 个类别`}`,
  });
  const turned = image === null ? null : recoloredText(recolored, image);
  if (turned !== null) output.note(turned);
  if (isChanged) {
    output.note({
      en: `${name} has changed since it was chosen: its files differ from those that the network was made for.`,
      zh: `${name} 在选定之后已改变：其文件与网络当时使用的不同。`,
    });
  }
  const [first] = unreadable;
  if (first !== undefined) {
    output.note({
      en: `${countOf(unreadableCount, 'file')} could not be read and ${unreadableCount === 1 ? 'is' : 'are'} left out; the first: ${first.file} (${first.reason.en}). All of them: netloom data ${data.source}`,
      zh: `${counted(unreadableCount)} 个文件无法读取，已跳过；第一个：${first.file}（${first.reason.zh}）。全部列表：netloom data ${data.source}`,
    });
  }
  return {
    ...document,
    data: { ...data, ...(image === null ? {} : { image }), ...(sha256 === null ? {} : { sha256 }), facts },
  };
}
