import type { Advice, Upstream } from './layer.ts';

/** The output layer already applies softmax (or sigmoid) to its logits. */
const twice = (up: Upstream, name: string): Advice => ({
  severity: 'warning',
  code: 'double-softmax',
  port: 'x',
  message: ({ self }) => ({
    en: `${self.en} already includes ${name}. ${up.layer.title.en} “${up.name}” before it applies ${name} twice, which slows or stalls training. Remove “${up.name}”.`,
    zh: `${self.zh}已包含 ${name}，前面再放${up.layer.title.zh}“${up.name}”等于重复计算，训练会变慢甚至停滞。请删除“${up.name}”。`,
  }),
  fixes: [{ kind: 'removeProducer', port: 'x', layer: up.layer.type }],
});

const cut = (up: Upstream): Advice => ({
  severity: 'warning',
  code: 'activation-before-output',
  port: 'x',
  message: ({ self }) => ({
    en: `${up.layer.title.en} “${up.name}” limits the logits that ${self.en} receives. Remove this activation: the last layer before an output has none.`,
    zh: `${up.layer.title.zh}“${up.name}”限制了${self.zh}接收的 logit 的取值。请删除此激活函数：输出层之前的最后一层不加激活函数。`,
  }),
  fixes: [{ kind: 'removeProducer', port: 'x', layer: up.layer.type }],
});

/** Warnings about activations before an output layer that expects logits. `own`: the function that this output applies. */
export function scoresAdvice(up: Upstream | null, own: 'softmax' | 'sigmoid'): readonly Advice[] {
  if (up === null) return [];
  if (up.layer.type === own) return [twice(up, own)];
  // The softmax of log-probabilities gives the same probabilities, so LogSoftmax does no harm.
  if (up.layer.category !== 'activation' || up.layer.type === 'logSoftmax') return [];
  return [cut(up)];
}
