import { decimalOf } from '../decimal.ts';
import type { ConfigValue, NetworkDocument } from '../graph/document.ts';
import { type Field, invalidValue } from '../layers/config.ts';
import { suggestion } from '../nearest.ts';
import { UserError } from '../text.ts';
import type { ReadyNetwork } from './readyNetwork.ts';

/**
 * The network of a template, with options after a colon: `vgg16:depth=19,classes=10,input=1x64x64`. Null if the name
 * does not begin with the id of a template. Throws UserError for an option that the template does not have.
 */
export function drawnFrom(name: string, templates: readonly ReadyNetwork[]): NetworkDocument | null {
  const [id = '', choices] = name.split(/:(.*)/s);
  const template = templates.find((candidate) => candidate.id === id);
  if (template === undefined) return null;
  if (choices === undefined) return template.document;
  return template.adjusted(Object.fromEntries(choices.split(',').map((choice) => readChoice(template, choice))));
}

function readChoice({ id, config }: ReadyNetwork, choice: string): readonly [string, ConfigValue] {
  const [key = '', text = ''] = choice.split(/=(.*)/s);
  const field = Object.hasOwn(config, key) ? config[key] : undefined;
  if (field === undefined) {
    const meant = suggestion(key, Object.keys(config));
    throw new UserError(
      Object.keys(config).length === 0
        ? { en: `Template “${id}” has no options.`, zh: `模板“${id}”没有选项。` }
        : {
            en: `Template “${id}” has no option “${key}”. ${meant.en}`,
            zh: `模板“${id}”没有选项“${key}”。${meant.zh}`,
          },
    );
  }
  const value = read(field, text);
  const expected = invalidValue(field, value);
  if (expected === null) return [key, value];
  throw new UserError({
    en: `Option “${key}” of template “${id}” must be ${expected.en}, not “${text}”.`,
    zh: `模板“${id}”的选项“${key}”应为${expected.zh}，而不是“${text}”。`,
  });
}

/** Reads the value of an option; lists are written with x: `3x224x224`. */
function read({ kind }: Field, text: string): ConfigValue {
  if (kind === 'choice') return text;
  if (kind === 'bool') return text === 'true' ? true : text === 'false' ? false : text;
  if (kind === 'int' || kind === 'float') return decimalOf(text);
  return text === '' ? [] : text.split('x').map(decimalOf);
}
