import { describe, expect, it } from 'vitest';
import { type Dataset, labeledImages } from './dataset.ts';
import { factsFrom } from './known.ts';
import { requireSameFacts } from './sameFacts.ts';

function images(names: readonly string[], count = names.length, side = 2): Dataset {
  const labels = Uint8Array.from({ length: count }, (_, at) => at % names.length);
  const data = labeledImages('pets', [1, side, side], new Uint8Array(count * side * side), labels);
  return { ...data, targets: data.targets.map((field) => ({ ...field, names })) } as Dataset;
}

const facts = factsFrom(images(['cat', 'dog']));
const compare = (data: Dataset) => () => requireSameFacts('/data/pets', facts, data);

describe('own data that changed since it was chosen', () => {
  it('may have more samples', () => {
    expect(compare(images(['cat', 'dog'], 9))).not.toThrow();
  });

  it.each<[string, Dataset, RegExp]>([
    [
      'a new class between the others',
      images(['cat', 'cow', 'dog']),
      /“pets” have changed since it was chosen \(\+cow\)/,
    ],
    ['a class less', images(['cat']), /\(−dog\)/],
    ['a renamed class', images(['cat', 'hound']), /\(\+hound, −dog\)/],
    ['other images', images(['cat', 'dog'], 2, 3), /have changed since it was chosen\. Choose it again/],
  ])('is refused with %s', (_, data, message) => {
    expect(compare(data)).toThrow(message);
  });
});
