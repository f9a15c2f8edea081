import type { z } from 'zod';
import { same, type Text } from '../text.ts';

const TYPES: Readonly<Record<string, Text>> = {
  number: { en: 'a number', zh: '数' },
  int: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'true or false', zh: '布尔值 true 或 false' },
  string: { en: 'text', zh: '文本' },
  array: { en: 'a list', zh: '列表' },
  object: { en: 'a group of settings', zh: '一组设置' },
};

/** The allowed values of a schema issue, as the end of a sentence (“must be …”). */
export function expectedBy(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? same(issue.expected);
    case 'too_small': {
      const { minimum, inclusive, origin } = issue;
      if (origin === 'string') return { en: 'text that is not empty', zh: '非空文本' };
      return inclusive
        ? { en: `a number of at least ${minimum}`, zh: `不小于 ${minimum} 的数` }
        : { en: `a number above ${minimum}`, zh: `大于 ${minimum} 的数` };
    }
    case 'too_big': {
      const { maximum, inclusive } = issue;
      return inclusive
        ? { en: `a number of at most ${maximum}`, zh: `不大于 ${maximum} 的数` }
        : { en: `a number below ${maximum}`, zh: `小于 ${maximum} 的数` };
    }
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : same(issue.message);
    default:
      return same(issue.message);
  }
}

const oneOf = (values: readonly unknown[]): Text =>
  values.length === 1
    ? { en: String(values[0]), zh: `值 ${values[0]}` }
    : { en: `one of ${values.join(', ')}`, zh: `以下之一：${values.join('、')}` };

/** The issue to report: the most specific one of the first wrong value. */
export function firstIssue({ issues }: z.ZodError): z.core.$ZodIssue {
  const path = issues[0]?.path.join('.');
  const issue = issues.findLast((each) => each.path.join('.') === path);
  if (issue === undefined) throw new Error('a schema rejected a value without an issue');
  return issue;
}
