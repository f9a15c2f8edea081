import type { LayerFix, Problem } from './layer.ts';

/** The nearest number of groups at most `groups` that divides both. */
function commonDivisor(groups: number, a: number, b: number): number {
  let divisor = groups;
  while (a % divisor !== 0 || b % divisor !== 0) divisor--;
  return divisor;
}

/** Groups have to divide input and output channels; null when they do. */
export function groupsProblem(channels: number, outChannels: number, groups: number): Problem | null {
  const uneven = [channels, outChannels].find((count) => count % groups !== 0);
  if (uneven === undefined) return null;
  const fixes: LayerFix[] = [{ kind: 'setConfig', key: 'groups', value: commonDivisor(groups, channels, outChannels) }];
  if (channels % groups === 0) {
    fixes.push({ kind: 'setConfig', key: 'outChannels', value: Math.ceil(outChannels / groups) * groups });
  }
  return {
    code: 'groups-do-not-divide',
    port: 'config.groups',
    message: ({ self }) => ({
      en: `${self.en} has ${groups} groups, which have to divide both the ${channels} input channels and the ${outChannels} filters: ${uneven} / ${groups} is not whole.`,
      zh: `${self.zh} 有 ${groups} 组，组数须同时整除 ${channels} 个输入通道与 ${outChannels} 个输出通道：${uneven} / ${groups} 不是整数。`,
    }),
    fixes,
  };
}
