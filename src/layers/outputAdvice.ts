import type { Advice, Upstream } from './layer.ts';

/** An output applies softmax (or sigmoid) to its scores by itself. */
const twice = (up: Upstream, name: string): Advice => ({
  severity: 'warning',
  code: 'double-softmax',
  port: 'x',
  message: ({ self }) => ({
    en: `${self.en} turns scores into probabilities by itself: behind ${up.layer.title.en} '${up.name}' that happens twice, and training gets slow or stuck. Give it the scores.`,
    zh: `${self.zh} 自带 ${name}；前面再放 ${up.layer.title.zh}“${up.name}”就算了两次，训练会变慢甚至停滞。请直接把分数给它。`,
  }),
  fixes: [{ kind: 'removeProducer', port: 'x', layer: up.layer.type }],
});

const cut = (up: Upstream): Advice => ({
  severity: 'warning',
  code: 'activation-before-output',
  port: 'x',
  message: ({ self }) => ({
    en: `The scores that ${self.en} gets have gone through ${up.layer.title.en} '${up.name}', which keeps them from being any number. The last layer before an output has no activation.`,
    zh: `${self.zh} 得到的分数经过了 ${up.layer.title.zh}“${up.name}”，取值因此受限。输出前的最后一层不加激活函数。`,
  }),
  fixes: [{ kind: 'removeProducer', port: 'x', layer: up.layer.type }],
});

/** For outputs that take scores: what may not stand in front of them. `own` is what the output applies itself. */
export function scoresAdvice(up: Upstream | null, own: 'softmax' | 'sigmoid'): readonly Advice[] {
  if (up === null) return [];
  if (up.layer.type === own) return [twice(up, own)];
  // Of log-probabilities the softmax is the probabilities again: no harm done.
  if (up.layer.category !== 'activation' || up.layer.type === 'logSoftmax') return [];
  return [cut(up)];
}
