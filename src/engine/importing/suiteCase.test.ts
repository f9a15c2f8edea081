import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSuiteCase, SUITE } from './suiteCase.ts';

/** Cases of all kinds that pass; `tools/onnxSuite.mjs` runs all of them. */
const sample = [
  'pytorch-converted/test_BatchNorm3d_eval',
  'pytorch-converted/test_Conv2d_groups_thnn',
  'pytorch-converted/test_Linear',
  'pytorch-operator/test_operator_concat2',
  'pytorch-operator/test_operator_params',
  'simple/test_single_relu_model',
  'simple/test_sequence_model4',
  'node/test_argmax_keepdims_example',
  'node/test_gru_defaults',
  'node/test_layer_normalization_4d_axis1',
  'node/test_loop11',
  'node/test_where_long_example',
];

describe('the test suite of ONNX', () => {
  it.for(sample)('%s', async (name, { skip }) => {
    if (!existsSync(SUITE)) skip('the suite is not installed: Debian has it as libonnx-testdata');
    const { outcome, reason } = (await runSuiteCase(join(SUITE, name))) ?? {};
    expect({ outcome, reason }).toEqual({ outcome: 'passed', reason: undefined });
  });
});
