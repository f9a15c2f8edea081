import { endOf, total } from './course.ts';
import type { Ailment } from './finding.ts';
import { again, remedies } from './remedies.ts';

/** So few samples may all be of one class. */
const SAMPLES = 20;
/** Before, it may not have begun yet: sigmoid networks stay for some epochs where they start. */
const EPOCHS = 5;
const NEARLY_ALL = 0.97;

export const oneAnswer: Ailment = {
  code: 'one-answer',
  explains: [],
  look(patient) {
    const { network, graph, run, chance } = patient;
    const said = network?.predicted ?? null;
    if (said === null || run.history.length < EPOCHS || total(said) < SAMPLES) return null;
    const answer = said.indexOf(Math.max(...said));
    if ((said[answer] as number) < NEARLY_ALL * total(said) || chance > 0.9) return null;
    const end = endOf(graph);
    return {
      severity: 'warning',
      title: { en: 'The network gives one answer only', zh: '网络只给出一个答案' },
      message: {
        en: `It said class ${answer} to ${said[answer]} of ${total(said)} validation samples that were looked at, after ${run.history.length} epochs. Either nothing of the sample reaches the end any more, or it has not begun to learn.`,
        zh: `${run.history.length} 轮之后，它对查看的 ${total(said)} 个验证样本中的 ${said[answer]} 个都回答类别 ${answer}。要么样本的信息已到不了末端，要么还没开始学。`,
      },
      nodes: end === undefined ? [] : [end.node.id],
      fixes: [again, ...remedies(patient)],
    };
  },
};
