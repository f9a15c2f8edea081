import { expect, test } from 'vitest';
import { paramsText } from './card.ts';

test.each([
  ['6×28×28', 156, '156 p', '156 参数'],
  ['256×12×12', 163_696, '163,696 p', '163,696 参数'],
  // The number is shortened if there is no room for both number and shape.
  ['256×14×14', 1_180_160, '1,180,160 p', '1.18 M 参数'],
  ['512×7×7', 2_359_808, '2,359,808 p', '2,359,808 参数'],
  ['1024×14×14', 16_777_216, '16.8 M p', '16.8 M 参数'],
  ['4096', 102_764_544, '102,764,544 p', '102,764,544 参数'],
  ['1×512×512×512', 1_073_741_824, '1.07 G p', '1.07 G 参数'],
])('%s and %i parameters', (shape, params, en, zh) => {
  expect(paramsText({ shape, params })).toEqual({ en, zh });
});
