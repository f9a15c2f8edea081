import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Parts } from './Parts.tsx';

test.each([
  'Done: epoch 6 / 6 · 1,500 steps',
  'Paused at step 2',
  'a · b · c',
])('%s: read whole, shown part by part', (words) => {
  const markup = renderToStaticMarkup(<Parts words={words} help="why" />);
  expect(markup.replace(/<[^>]*>/g, '')).toBe(words);
  expect(markup).toContain(`title="${words}\nwhy"`);
  expect(markup.match(/<span>/g)).toHaveLength(words.split(' · ').length);
});
