import type { ZodError } from 'zod';
import { dataSchema, type NetworkDocument } from '../graph/document.ts';
import { expectedBy, firstIssue } from '../graph/expected.ts';
import {
  defaultClips,
  defaultEarlyStopping,
  defaultOptimizers,
  defaultSchedules,
  recipeSchema,
} from '../graph/recipe.ts';
import { noChoice, suggestion } from '../nearest.ts';
import { otherFields, sweepFields, withField } from '../sweep/fields.ts';
import { readValues } from '../sweep/values.ts';
import { UserError } from '../text.ts';
import { UsageError } from './command.ts';

/** Splits `FIELD=VALUE`; the value is null without an equals sign. */
export function splitField(written: string): readonly [field: string, value: string | null] {
  const at = written.indexOf('=');
  return at < 0 ? [written.trim(), null] : [written.slice(0, at).trim(), written.slice(at + 1).trim()];
}

export const noField = (id: string, known: readonly string[]): UserError => {
  const { en, zh } = suggestion(id, known);
  return new UserError({ en: `There is no setting “${id}”. ${en}`, zh: `没有设置项“${id}”。${zh}` });
};

/**
 * Sets training settings (`recipe.schedule.unit=epoch`; lists in JSON or separated by commas), dataset settings
 * (`data.splitSeed=3`) and layer settings (`conv1.outChannels=16`). A kind is set before the other fields, in whichever
 * order they are written, because it resets them to their defaults. Throws UserError.
 */
export function withSetFields(document: NetworkDocument, written: readonly string[]): NetworkDocument {
  const fields = written.map(splitField).sort(([a], [b]) => Number(b.endsWith('.kind')) - Number(a.endsWith('.kind')));
  return fields.reduce((present, [id, value]) => {
    if (value === null || value === '') {
      throw new UsageError({ en: `--set ${id}: add a value: ${id}=…`, zh: `--set ${id}：请补充取值：${id}=…` });
    }
    if (id.startsWith('recipe.')) return withRecipeValue(present, id, value);
    return id.startsWith('data.') ? withDataValue(present, id, value) : withNodeValue(present, id, value);
  }, document);
}

const refused = (id: string, { en, zh }: { readonly en: string; readonly zh: string }) =>
  new UsageError({ en: `--set ${id}: ${en}`, zh: `--set ${id}：${zh}` });

/** The error for a value that the schema of `whole` refuses. */
function misfit(id: string, written: string, error: ZodError, whole: string): UsageError {
  const issue = firstIssue(error);
  const { en, zh } = expectedBy(issue);
  const where = [whole, ...issue.path].join('.');
  if (where !== id) return refused(id, { en: `${where} must be ${en}.`, zh: `${where} 应为${zh}。` });
  return refused(id, {
    en: `“${written}” is not allowed: it must be ${en}.`,
    zh: `不允许“${written}”：应为${zh}。`,
  });
}

/** Sets a field of a node; the kind of the field decides how the value is read. */
function withNodeValue(document: NetworkDocument, id: string, written: string): NetworkDocument {
  const known = sweepFields(document);
  const field = known.find((each) => each.id === id);
  if (field === undefined)
    throw noField(
      id,
      [...known, ...otherFields(document)].map((each) => each.id),
    );
  const read = readValues(field.field, written);
  if ('problem' in read) throw refused(id, read.problem);
  const [value, ...more] = read.values;
  if (value === undefined || more.length > 0) {
    throw refused(id, {
      en: `one value, not ${read.values.length}`,
      zh: `只能有一个值，而不是 ${read.values.length} 个`,
    });
  }
  const changed = withField(document, id, value);
  if ('problem' in changed) throw refused(id, changed.problem);
  return changed.document;
}

const dataIds = Object.keys(dataSchema.unwrap().shape).map((key) => `data.${key}`);

function withDataValue(document: NetworkDocument, id: string, written: string): NetworkDocument {
  if (!dataIds.includes(id)) throw noField(id, dataIds);
  const key = id.slice('data.'.length);
  const result = dataSchema.safeParse({ ...document.data, [key]: key === 'source' ? written : jsonOf(written) });
  if (result.success) return { ...document, data: result.data };
  throw misfit(id, written, result.error, 'data');
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = Readonly<Record<string, unknown>>;

/** Defaults of every optimizer and schedule: setting the kind resets the other fields to these. */
const kinds: Readonly<Record<string, Readonly<Record<string, Fields>>>> = {
  optimizer: defaultOptimizers,
  schedule: defaultSchedules,
  clip: defaultClips,
};

/** Defaults of the optional training settings, used as soon as one of their fields is set. */
const starts: Readonly<Record<string, Fields>> = {
  schedule: defaultSchedules.constant,
  earlyStopping: defaultEarlyStopping,
};

/** Sets a training setting; the schema decides which exist. */
function withRecipeValue(document: NetworkDocument, id: string, written: string): NetworkDocument {
  const [, part = '', key, ...deeper] = id.split('.');
  const recipe: Fields = document.recipe;
  const value = jsonOf(written);
  const next = (after: unknown) => parsed(document, { ...recipe, [part]: after }, id, written);
  if (deeper.length > 0) throw noField(id, recipeIds(document));
  if (key === undefined) return next(value);
  const ofKind = key === 'kind' ? kinds[part] : undefined;
  if (ofKind !== undefined) {
    if (value === 'none' && part !== 'optimizer') return parsed(document, without(recipe, part), id, written);
    if (!Object.hasOwn(ofKind, written)) {
      throw refused(id, noChoice(written, [...(part === 'optimizer' ? [] : ['none']), ...Object.keys(ofKind)]));
    }
    return next(ofKind[written]);
  }
  const before = (recipe[part] ?? starts[part]) as Fields | undefined;
  if (before === undefined) throw noField(id, recipeIds(document));
  return next({ ...before, [key]: value });
}

const without = (recipe: Fields, part: string): Fields =>
  Object.fromEntries(Object.entries(recipe).filter(([key]) => key !== part));

/** Reads `true`, `0.1` and `[5, 8]` as JSON, `5,8` as a list, and anything else as text. */
function jsonOf(written: string): Json {
  for (const text of [written, `[${written}]`]) {
    try {
      return JSON.parse(text) as Json;
    } catch {
      // Not JSON: the next form is tried.
    }
  }
  return written;
}

function parsed(document: NetworkDocument, recipe: Fields, id: string, written: string): NetworkDocument {
  const result = recipeSchema.safeParse(recipe);
  if (!result.success) throw misfit(id, written, result.error, 'recipe');
  // The schema drops unknown fields silently, so a field that is missing afterwards is reported here.
  const [, ...path] = id.split('.');
  const set = path.reduce<unknown>((part, key) => (part as Fields | undefined)?.[key], result.data);
  if (set === undefined && !id.endsWith('.kind')) throw noField(id, recipeIds(document));
  return { ...document, recipe: result.data };
}

const recipeIds = (document: NetworkDocument): readonly string[] =>
  [...sweepFields(document), ...otherFields(document)].map(({ id }) => id).filter((id) => id.startsWith('recipe.'));
