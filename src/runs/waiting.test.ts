import { expect, it } from 'vitest';
import { waitedIn, waitingRemark, waitingShare } from './waiting.ts';

const flip = { type: 'RandomHorizontalFlip', p: 0.5 };

it.each([
  ['earlier versions did not measure it', null, [], null],
  ['little waiting', 0.19, [flip], null],
  ['transforms', 0.234, [flip], /^Waiting for data: 23% of the time\. The transforms take longer/],
  ['transforms that are off', 0.5, [{ ...flip, on: false }], /^Waiting for data: 50%.*larger batch size/],
  ['no transforms', 0.2, undefined, /^Waiting for data: 20%.*larger batch size/],
])('the remark on waiting fits: %s', (_, share, transforms, says) => {
  const remark = waitingRemark(share, { transforms });
  if (says === null) expect(remark).toBeNull();
  else expect(remark?.en).toMatch(says);
});

it('epochs of an earlier version have no share', () => {
  const [measured, earlier] = [{ seconds: 4, waited: 1 }, { seconds: 4 }];
  expect(waitedIn([measured, measured])).toBe(2);
  expect(waitedIn([measured, earlier])).toBeNull();
  expect([measured, earlier].map(waitingShare)).toEqual([0.25, null]);
});
