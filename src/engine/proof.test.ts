import { expect, it } from 'vitest';
import { floatTensor } from '../ir/tensor.ts';
import { UserError } from '../text.ts';
import { Proof } from './proof.ts';

const tensor = (...numbers: number[]) => floatTensor([numbers.length], Float32Array.from(numbers));
const proofOf = (got: readonly number[], expected: readonly number[]) => {
  const proof = new Proof();
  proof.compare(tensor(...got), tensor(...expected));
  return proof;
};

it('tells the largest difference and the largest number', () => {
  const proof = proofOf([1, -8, 2], [1, -8, 2.5 - 0.499]);
  proof.compare(tensor(4), tensor(4));
  const { maxError, largest } = proof.result();
  expect(maxError).toBeCloseTo(0.001, 5);
  expect(largest).toBe(8);
});

it('allows for the digits that large numbers lose', () => {
  expect(proofOf([1e8], [1e8 + 64]).result().maxError).toBe(64);
});

it.each([
  ['another number', [1, 2], [1, 2.1]],
  ['no number', [Number.NaN], [1]],
  ['a number where the trainer has none', [1], [Number.NaN]],
  ['infinity', [Number.POSITIVE_INFINITY], [1]],
])('refuses %s', (_, got, expected) => {
  expect(() => proofOf(got, expected).result()).toThrow(UserError);
});

it('refuses another shape', () => {
  expect(() => new Proof().compare(tensor(1), tensor(1, 2))).toThrow(/gives \[1\], not \[2\]/);
});
