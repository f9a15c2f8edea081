import type { LayerFix, Problem } from './layer.ts';

/** The largest number up to `groups` that divides both. */
function commonDivisor(groups: number, a: number, b: number): number {
  let divisor = groups;
  while (a % divisor !== 0 || b % divisor !== 0) divisor--;
  return divisor;
}

/** The problem of groups that do not divide the input and output channels; null if they do. */
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
      en: `${self.en} has ${groups} groups, which must divide both the ${channels} input channels and the ${outChannels} output channels: ${uneven} / ${groups} is not a whole number. Change the groups or the output channels.`,
      zh: `${self.zh}有 ${groups} 组，组数须同时整除 ${channels} 个输入通道与 ${outChannels} 个输出通道：${uneven} / ${groups} 不是整数。请更改组数或输出通道数。`,
    }),
    fixes,
  };
}
