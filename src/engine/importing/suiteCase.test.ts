import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSuiteCase, SUITE } from './suiteCase.ts';

/** Cases of ONNX's test suite, by what is special about them. */
const kept: readonly (readonly [name: string, about: string])[] = [
  ['reshape_zero_and_negative_dim', 'an input is the shape of the result'],
  ['reshape_allowzero_reordered', 'an axis of size 0'],
  ['expand_dim_changed', 'an input is the shape of the result'],
  ['expand_shape_model4', 'an input is the shape of the result'],
  ['resize_downsample_scales_linear', 'inputs are factors: a layer would ignore them'],
  ['resize_tf_crop_and_resize', 'an input is a region'],
  ['unsqueeze_unsorted_axes', 'an input has axes'],
  ['squeeze', 'an input has the axes that are removed'],
  ['squeeze_negative_axes', 'axes that the type of the output does not tell'],
  ['reduce_sum_default_axes_keepdims_example', 'an empty input'],
  ['onehot_with_axis', 'an input is a number of classes'],
  ['nonmaxsuppression_two_classes', 'inputs are thresholds'],
  ['range_int32_type_negative_delta', 'an input is a step'],
  ['mod_mixed_sign_int8', 'an input is a divisor'],
  ['melweightmatrix', 'inputs are the lengths of a transform'],
  ['training_dropout_zero_ratio', 'an input is a probability'],
  ['roialign_aligned_true', 'an input has indices of the batch'],
  ['cast_STRING_to_FLOAT', 'text that is a number'],
  ['cumsum_2d_negative_axis', 'float64'],
  ['cast_FLOAT16_to_DOUBLE', 'float16'],
  ['max_float16', 'float16'],
  ['and_bcast4v4d', 'inputs of different first sizes'],
  ['shape_start_1', 'a result that depends on sizes alone'],
  ['acosh_example', 'a result that is NaN for most numbers'],
  ['hannwindow_symmetric', 'a result that is NaN for one number'],
  ['sequence_model1', 'a sequence inside'],
  ['sequence_model8', 'a sequence of which only the length is used'],
  ['loop11', 'a loop'],
  ['scan_sum', 'a scan of opset 8, with a batch axis'],
  ['gru_defaults', 'a recurrent op'],
];

describe('a case of the test suite of ONNX', () => {
  it.each(kept)('%s: %s', async (name) => {
    const { outcome, reason } = (await runSuiteCase(join('testdata/onnx/suite', name))) ?? {};
    expect({ outcome, reason }).toEqual({ outcome: 'passed', reason: undefined });
  });
});

describe('a case that no network can hold', () => {
  it.each([
    ['identity_sequence', 'its input “x” is a sequence'],
    ['if_seq', 'its output “res” is a sequence'],
    ['constant', 'The network has no input'],
  ])('%s is refused with the reason', async (name, reason) => {
    expect(await runSuiteCase(join('testdata/onnx/suite', name))).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining(reason),
    });
  });
});

/** Cases of all groups; `tools/onnxSuite.mjs` runs all of them. */
const sample = [
  'pytorch-converted/test_BatchNorm3d_eval',
  'pytorch-converted/test_Linear',
  'pytorch-operator/test_operator_params',
  'node/test_layer_normalization_4d_axis1',
];

describe('the installed test suite of ONNX', () => {
  it.for(sample)('%s', async (name, { skip }) => {
    if (!existsSync(SUITE)) skip('the suite is not installed: Debian has it as libonnx-testdata');
    const { outcome, reason } = (await runSuiteCase(join(SUITE, name))) ?? {};
    expect({ outcome, reason }).toEqual({ outcome: 'passed', reason: undefined });
  });
});
