import { describe, expect, it } from 'vitest';
import { type DataConfig, type DataFacts, dataSchema, emptyDocument } from '../../../src/graph/document.ts';
import type { OpenedData } from '../../state/data/ownData.ts';
import { fieldsOf, kindField, kindOf, started } from './splitFields.ts';

const facts: DataFacts = { count: 40, inputs: [], targets: [] };
const contents = {
  groupings: [
    { name: 'site', values: ['a', 'b'] },
    { name: 'part', values: ['train', 'val', 'extra'] },
  ],
  folders: ['train', 'rest', 'cat'],
} as unknown as OpenedData;
const data: DataConfig = emptyDocument.data;
const withSplit = (split: DataConfig['split']): DataConfig => ({ ...data, split });
const choices = (...args: Parameters<typeof kindField>) => {
  const field = kindField(...args);
  return field.kind === 'choice' ? field.options.map(({ value }) => value) : [];
};

describe('the form of the split', () => {
  it('offers the kinds that the data allows', () => {
    expect(choices('share', facts, null)).toEqual(['share', 'folds']);
    expect(choices('own', { ...facts, test: 10 }, contents)).toEqual(['own', 'share', 'folds', 'column', 'folders']);
    expect(choices('files', facts, null)).toEqual(['share', 'folds', 'files']);
    expect(kindOf(data, facts)).toBe('share');
    expect(kindOf(data, { ...facts, test: 10 })).toBe('own');
  });

  it('starts a kind with a part for every sample', () => {
    expect(started('column', data, contents)).toEqual({ kind: 'column', column: 'part', parts: { extra: 'train' } });
    expect(started('folders', data, contents)).toEqual({ kind: 'folders', parts: { rest: 'train', cat: 'train' } });
    const random = withSplit({ kind: 'share', test: 0.1, stratified: false });
    expect(started('folds', random, null)).toEqual({ kind: 'folds', folds: 5, fold: 1, stratified: false });
    expect(started('own', random, contents)).toBeUndefined();
  });

  const keys = (of: DataConfig, known = facts) => fieldsOf(of, known).map(({ key }) => key);
  it('has the fields that decide the split, and no other', () => {
    expect(keys(data)).toEqual(['validation', 'test', 'stratified', 'splitSeed']);
    expect(keys(withSplit({ kind: 'folds', folds: 5, fold: 1, stratified: true }))).toEqual([
      'folds',
      'fold',
      'stratified',
      'splitSeed',
    ]);
    expect(keys(data, { ...facts, validation: 5 })).toEqual([]);
    expect(keys(data, { ...facts, test: 5 })).toEqual(['validation', 'splitSeed']);
    const column = withSplit({ kind: 'column', column: 'part', parts: {} });
    expect(keys(column, { ...facts, assigned: { train: 30, validation: 10, test: 0 } })).toEqual([]);
    expect(keys(column, { ...facts, assigned: { train: 30, validation: 0, test: 10 } })).toEqual([
      'validation',
      'splitSeed',
    ]);
  });

  it('makes documents that can be read', () => {
    const folded = withSplit({ kind: 'folds', folds: 8, fold: 8, stratified: true });
    for (const { set, value } of [...fieldsOf(data, facts), ...fieldsOf(folded, facts)]) {
      expect(dataSchema.safeParse(set(value)).success).toBe(true);
    }
    const fewer = fieldsOf(folded, facts)
      .find(({ key }) => key === 'folds')
      ?.set(3);
    expect(fewer?.split).toEqual({ kind: 'folds', folds: 3, fold: 3, stratified: true });
  });
});
