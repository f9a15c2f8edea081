import { describe, expect, it } from 'vitest';
import { applyEdits } from '../graph/edits.ts';
import { check } from './check.ts';
import { connectionMistakes } from './mistakes/connections.ts';
import { dataMistakes } from './mistakes/data.ts';
import { mergeMistakes } from './mistakes/merges.ts';
import { outputMistakes } from './mistakes/outputs.ts';
import { rankMistakes } from './mistakes/ranks.ts';
import { trainingMistakes } from './mistakes/training.ts';
import { windowMistakes } from './mistakes/windows.ts';

const mistakes = [
  ...windowMistakes,
  ...mergeMistakes,
  ...connectionMistakes,
  ...rankMistakes,
  ...outputMistakes,
  ...dataMistakes,
  ...trainingMistakes,
];

describe('a classic mistake is fixed by the first fix', () => {
  it.each(mistakes.map(([name, ...rest]) => ({ name, rest })))('$name', ({ rest: [doc, code, words, severity] }) => {
    const { diagnostics } = check(doc);
    const found = diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(found?.severity).toBe(severity ?? 'error');
    const [fix] = found?.fixes ?? [];
    expect(fix?.title.en).toBe(words);
    expect(fix?.title.zh).toMatch(/[一-鿿]/);
    const after = check(applyEdits(doc, fix?.edits ?? []));
    expect(after.diagnostics.filter(({ severity: left }) => left !== 'hint').map((left) => left.message.en)).toEqual(
      [],
    );
  });
});
