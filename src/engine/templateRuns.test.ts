import { expect, it } from 'vitest';
import { templateOf, templates } from '../../templates/index.ts';
import { compileInference } from '../compile/inference.ts';
import { compileTrainStep } from '../compile/trainStep.ts';
import { exportError, lossesOf, predictionsOf } from './learning.ts';
import { checkedGraph } from './network.ts';
import { trainingTarget } from './selfCheck.ts';
import { CPU_DEVICE } from './session.ts';

/**
 * How far each template is tried here, where it should not take long: `tools/templates.mjs` trains them all. `train`
 * takes training steps, predicts and proves the export, at the batch size given; `predict` loads the exported network
 * and predicts one sample; `compile` compiles prediction and training step. At its full input size in every case.
 */
const trials: Readonly<Record<string, { train: number; rate?: number } | 'predict' | 'compile'>> = {
  linear_regression: { train: 8 },
  linear_regression_200: { train: 8, rate: 0.001 },
  poly_fit_4: { train: 8 },
  poly_fit_2: { train: 8 },
  poly_fit_20: { train: 8 },
  perceptron: { train: 8 },
  xor_mlp: { train: 8 },
  softmax_regression: { train: 8 },
  mlp: { train: 8 },
  mlp_dropout: { train: 8 },
  lenet: { train: 8 },
  lenet_modern: { train: 8 },
  bn_lenet: { train: 8 },
  bn_lenet_pad2: { train: 8 },
  googlenet_d2l: { train: 2 },
  googlenet_d2l_bn: { train: 2 },
  resnet18_d2l: { train: 2 },
  resnet20_cifar: { train: 4 },
  resnet20_cifar_b: { train: 4 },
  plain20_cifar: { train: 4 },
  densenet_d2l: { train: 2 },
  nin_d2l: 'predict',
  googlenet_plain_imagenet: 'predict',
  googlenet_torchvision: 'predict',
  googlenet_torchvision_5x5: 'compile',
  resnet18_d2l_224: 'compile',
  resnet18_d2l_cifar: 'compile',
  resnet18: 'predict',
  resnet18_hotdog: 'compile',
  resnet34: 'compile',
  resnet50: 'compile',
  resnet101: 'compile',
  resnet152: 'compile',
  densenet121: 'predict',
  alexnet_d2l: 'compile',
  alexnet_d2l_imagenet: 'compile',
  alexnet_torchvision: 'compile',
  alexnet_2012_grouped: 'compile',
  vgg11_d2l: 'compile',
  vgg11_d2l_small: 'compile',
  vgg11_imagenet: 'compile',
  vgg16: 'compile',
};

it('covers every template', () => {
  expect(Object.keys(trials).sort()).toEqual(templates.map(({ id }) => id).sort());
});

it.each(Object.entries(trials))('%s: %o', async (id, trial) => {
  const document = templateOf(id)?.document;
  if (document === undefined) throw new Error(`no template '${id}'`);
  if (trial === 'compile') {
    const graph = checkedGraph(document);
    expect(compileInference(graph).outputs.length).toBeGreaterThan(0);
    const target = await trainingTarget(CPU_DEVICE);
    expect(compileTrainStep(graph, { ...document.recipe, batch: 2, target }).outputs[0]?.role.kind).toBe('loss');
    return;
  }
  const batch = trial === 'predict' ? 1 : trial.train;
  const answers = await predictionsOf(document, batch, CPU_DEVICE);
  for (const { shape, finite } of answers.values()) {
    expect(shape[0]).toBe(batch);
    expect(finite).toBe(true);
  }
  if (trial === 'predict') return;
  expect(await exportError(document, CPU_DEVICE)).toBeLessThan(1e-5);
  const options = { batch, steps: 4, learningRate: trial.rate ?? 0.01, device: CPU_DEVICE };
  const losses = await lossesOf(document, options);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(losses.at(-1)).toBeLessThan(losses[0] as number);
});
