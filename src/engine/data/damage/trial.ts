import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Dataset, Field, UnreadableFile } from '../../../data/dataset.ts';
import { UserError } from '../../../text.ts';
import { openedLater } from '../openedLater.ts';
import { openPath } from '../openPath.ts';
import { type Damage, damaged } from './damage.ts';
import { place, type Source } from './sources.ts';

/** Longest time (ms) that opening a damaged file may take. */
const MOST_TIME = 5000;

export type Outcome = 'opened' | 'left out' | 'refused';

/** The result of opening a damaged file. */
export interface Trial {
  readonly outcome: Outcome;
  /** Faults of Netloom; empty where it behaved well. */
  readonly faults: readonly string[];
  readonly message: string;
  readonly time: number;
}

/** Opens a source with one of its files damaged, in a folder of its own below `scratch`. */
export async function tryDamaged(scratch: string, source: Source, kind: Damage, seed: number): Promise<Trial> {
  const root = join(scratch, `${kind}-${seed}`);
  const path = place(root, source, damaged(source.bytes, kind, source.format, seed));
  const start = performance.now();
  const result = await opened(path, source.file);
  const time = performance.now() - start;
  rmSync(root, { recursive: true, force: true });
  const slow = time > MOST_TIME ? [`took ${Math.round(time)} ms`] : [];
  return { ...result, time, faults: [...result.faults, ...slow] };
}

async function opened(path: string, file: string): Promise<Omit<Trial, 'time'>> {
  try {
    const data = await openPath(path, {
      data: { validation: 0.2, splitSeed: 1 },
      image: null,
      progress: () => {},
    });
    const left = data.unreadable ?? [];
    const faults = [
      ...unsound(data),
      ...(await otherwiseLater(path, data)),
      ...left.flatMap(({ reason }) => [...unclear(reason.en), ...unclear(reason.zh)]),
    ];
    return { outcome: left.length > 0 ? 'left out' : 'opened', faults, message: left[0]?.reason.en ?? '' };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (!(error instanceof UserError)) return { outcome: 'refused', faults: [`threw ${message}`], message };
    return { outcome: 'refused', faults: unhelpful(error, file), message: error.message };
  }
}

/** Contradictions between a dataset and the same one whose images are decoded after it is given. */
async function otherwiseLater(path: string, data: Dataset): Promise<string[]> {
  if (data.digests === undefined) return [];
  const later = await openedLater(path, join(dirname(path), '.cache'));
  const texts = (files: readonly UnreadableFile[] = []) =>
    files.map(({ file, reason }) => `${file}: ${reason.en}`).sort();
  const [now, then] = [texts(data.unreadable), texts([...(later.dataset.unreadable ?? []), ...later.faults])];
  const isSame = Buffer.from(later.all.pixels).equals(Buffer.from(data.inputs[0]?.data as Uint8Array));
  return [
    ...(now.join() === then.join() ? [] : [`later it leaves out ${then}, now ${now}`]),
    ...(isSame ? [] : ['later it has other pixels']),
  ];
}

/** A message says where, what happened and how to fix it, in both languages. */
function unhelpful({ text: { en, zh } }: UserError, file: string): string[] {
  const place = file.split('/')[0] as string;
  const faults = unclear(en);
  if (!en.includes(place) && !/“[^”]+”/.test(en)) faults.push(`names no file: ${en}`);
  if (!/\. [A-Z][^.]*.*\.$/s.test(en)) faults.push(`says no fix: ${en}`);
  if (!/[\u4e00-\u9fff].*。$/s.test(zh)) faults.push(`is not Chinese: ${zh}`);
  return faults;
}

/** Values that come from a program, not from a person who explains. */
const unclear = (text: string): string[] =>
  text.trim() === '' || /\b(NaN|undefined|null|Infinity|e\+\d|\[object)\b/.test(text) ? [`is unclear: ${text}`] : [];

/** Contradictions between counts, shapes, classes and numbers of a dataset. */
function unsound(data: Dataset): string[] {
  const faults = [...data.inputs, ...data.targets].flatMap((field) => unsoundField(field, data.count));
  if (!(data.count > 0)) faults.push(`${data.count} samples`);
  if (data.parts !== undefined && data.parts.length !== data.count) faults.push('parts for other samples');
  if (data.files !== undefined && data.files.length !== data.count) faults.push('files for other samples');
  return faults;
}

function unsoundField(field: Field, count: number): string[] {
  const { name, shape, data } = field;
  const size = shape.reduce((product, length) => product * length, 1);
  if (!(size > 0) || data.length !== count * size) return [`${name}: ${data.length} numbers, [${count},${shape}]`];
  if (field.kind === 'classes' && data.some((label) => label >= field.classes)) return [`${name}: label too large`];
  return field.kind === 'numbers' && !data.every(Number.isFinite) ? [`${name}: not finite`] : [];
}
