import { describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { defaultOptimizers, defaultSchedules } from '../graph/recipe.ts';
import { withSetFields } from './setFields.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;
const recipeWith = (...written: string[]) => withSetFields(lenet, written).recipe;

describe('--set', () => {
  it.each<[string[], object]>([
    [['recipe.optimizer.kind=adam'], { optimizer: defaultOptimizers.adam }],
    [
      ['recipe.optimizer.beta1=0.8', 'recipe.optimizer.kind=adam'],
      { optimizer: { ...defaultOptimizers.adam, beta1: 0.8 } },
    ],
    [['recipe.optimizer.dampening=0.1'], { optimizer: { ...lenet.recipe.optimizer, dampening: 0.1 } }],
    [
      ['recipe.schedule.kind=cosine', 'recipe.schedule.tMax=100'],
      { schedule: { ...defaultSchedules.cosine, tMax: 100 } },
    ],
    [
      ['recipe.schedule.kind=multistep', 'recipe.schedule.milestones=3,6', 'recipe.schedule.unit=step'],
      { schedule: { ...defaultSchedules.multistep, milestones: [3, 6], unit: 'step' } },
    ],
    [['recipe.clip.kind=norm', 'recipe.clip.maxNorm=5'], { clip: { kind: 'norm', maxNorm: 5 } }],
    [['recipe.earlyStopping.monitor=accuracy'], { earlyStopping: { monitor: 'accuracy', patience: 5, minDelta: 0 } }],
    [
      ['recipe.groups=[{"match":"conv","learningRateScale":0.1}]'],
      { groups: [{ match: 'conv', learningRateScale: 0.1 }] },
    ],
    [['recipe.keepBest=true', 'recipe.decayBiasAndNorm=false'], { keepBest: true, decayBiasAndNorm: false }],
    [['recipe.batchSize = 7', 'recipe.epochs=3', 'recipe.seed=0'], { batchSize: 7, epochs: 3, seed: 0 }],
  ])('%j', (written, expected) => {
    expect(recipeWith(...written)).toMatchObject(expected);
  });

  it('removes clipping and schedule', () => {
    expect(
      withSetFields({ ...lenet, recipe: recipeWith('recipe.clip.kind=norm') }, ['recipe.clip.kind=none']).recipe.clip,
    ).toBe(undefined);
  });

  it('sets fields of nodes and of the dataset', () => {
    const changed = withSetFields(lenet, ['conv1.outChannels=16', 'conv1.kernelSize=3x5', 'data.validation=0.3']);
    const { config } = changed.nodes.find(({ name }) => name === 'conv1') as NetworkDocument['nodes'][number];
    expect(config).toMatchObject({ outChannels: 16, kernelSize: [3, 5] });
    expect(changed.data.validation).toBe(0.3);
  });

  it.each<[string[], RegExp]>([
    [
      ['recipe.optimizer.kind=adm'],
      /recipe\.optimizer\.kind: “adm” is none of sgd, adam, adamw, rmsprop, adagrad\. Did you mean adam/,
    ],
    [['recipe.optimizer.kind=constructor'], /“constructor” is none of sgd/],
    [['recipe.optimizer.kind=none'], /“none” is none of sgd/],
    [['recipe.optimizer.kind=3'], /“3” is none of sgd/],
    [['recipe.schedule.kind=cosin'], /“cosin” is none of none, constant, .*Did you mean cosine/],
    [['recipe.clip.kind=nrom'], /“nrom” is none of none, norm, value\. Did you mean norm/],
    [
      ['recipe.schedule.kind=cosine', 'recipe.schedule.unit=epch'],
      /“epch” is not allowed: it must be one of step, epoch/,
    ],
    [['recipe.optimizer.beta1=0.8'], /There is no setting “recipe\.optimizer\.beta1”/],
    [['recipe.optimizer.learningrate=0.1'], /Did you mean recipe\.optimizer\.learningRate/],
    [['recipe.optimizer.learningRate=fast'], /learningRate: “fast” is not allowed: it must be a number\./],
    [['recipe.optimizer.learningRate=-1'], /learningRate: “-1” is not allowed: it must be a number above 0\./],
    [['recipe.optimizer.momentum=1'], /it must be a number below 1\./],
    [['recipe.epochs=1e30'], /“1e30” is not allowed: it must be a number of at most 1000000\./],
    [['recipe.epochs=1.5'], /it must be a whole number\./],
    [['recipe.epochs=0x10'], /“0x10” is not allowed/],
    [['recipe.keepBest=yes'], /it must be true or false\./],
    [['recipe.groups=[{}]'], /recipe\.groups\.0\.match must be text/],
    [['recipe.optimizer=3'], /it must be a group of settings/],
    [['data.validation=2'], /data.validation: “2” is not allowed: it must be a number below 1\./],
    [['data.channels=first'], /it must be last\./],
    [['conv1.outChannels=0x10'], /“0x10” must be a whole number/],
    [['recipe.epoch=3'], /Did you mean recipe\.epochs/],
    [['recipe.__proto__.x=3'], /There is no setting/],
    [['recipe.clip.maxNorm=3'], /There is no setting “recipe\.clip\.maxNorm”/],
    [['conv1.outChannel=3'], /Did you mean conv1\.outChannels/],
    [['conv1.outChannels=3,4'], /one value, not 2/],
    [['conv1.outChannels=some'], /“some” must be/],
    [['conv1.outChannels'], /add a value: conv1\.outChannels=…/],
    [['epochs='], /add a value: epochs=…/],
  ])('%j is refused', (written, message) => {
    expect(() => withSetFields(lenet, written)).toThrow(message);
  });

  it.each([
    ['recipe.epochs=0', '--set recipe.epochs：不允许“0”：应为大于 0 的数。'],
    ['recipe.seed=-1', '--set recipe.seed：不允许“-1”：应为不小于 0 的数。'],
    ['recipe.keepBest=yes', '--set recipe.keepBest：不允许“yes”：应为布尔值 true 或 false。'],
    ['recipe.optimizer.kind=adm', '“adm”不是可选值（sgd、adam、adamw、rmsprop、adagrad）。是否指 adam？'],
    ['data.splitSeed=a', '--set data.splitSeed：不允许“a”：应为数。'],
    ['conv1.outChannels=0', '“0”应为整数，且'],
  ])('%s is refused in Chinese', (written, message) => {
    const refused = expect.objectContaining({ text: { en: expect.any(String), zh: expect.stringContaining(message) } });
    expect(() => withSetFields(lenet, [written])).toThrow(refused);
  });
});
