import { endOf, total } from './course.ts';
import type { Ailment } from './finding.ts';
import { remedies, trainFromScratch } from './remedies.ts';

/** Min number of samples; fewer may all belong to one class. */
const SAMPLES = 20;
/** Min number of epochs; networks with sigmoid may need some epochs before they start to learn. */
const EPOCHS = 5;
const NEARLY_ALL = 0.97;

export const oneClass: Ailment = {
  code: 'one-class',
  explains: [],
  look(patient) {
    const { network, graph, run, chance } = patient;
    const predicted = network?.predicted ?? null;
    if (predicted === null || run.history.length < EPOCHS || total(predicted) < SAMPLES) return null;
    const predictedClass = predicted.indexOf(Math.max(...predicted));
    if ((predicted[predictedClass] as number) < NEARLY_ALL * total(predicted) || chance > 0.9) return null;
    const end = endOf(graph);
    return {
      severity: 'warning',
      title: { en: 'The network predicts only one class', zh: '网络只预测一个类别' },
      message: {
        en: `After ${run.history.length} epochs, the network predicts class ${predictedClass} for ${predicted[predictedClass]} of ${total(predicted)} validation samples. The signal may be lost before the output layer, or training has not started to work. Train from scratch with a lower learning rate.`,
        zh: `${run.history.length} 轮之后，网络对 ${total(predicted)} 个验证样本中的 ${predicted[predictedClass]} 个都预测为类别 ${predictedClass}。可能是信号在到达输出层之前已丢失，也可能是训练尚未起效。请用较小的学习率从头训练。`,
      },
      nodes: end === undefined ? [] : [end.node.id],
      fixes: [trainFromScratch, ...remedies(patient)],
    };
  },
};
