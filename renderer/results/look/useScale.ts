import type { Theme } from '../../ui/theme/theme.ts';
import { useTheme } from '../../ui/theme/useTheme.ts';
import { type Scale, scaleFrom } from './scale.ts';

const stops = ['--scale-lowest', '--scale-low', '--scale-zero', '--scale-high', '--scale-highest'] as const;
const scales = new WeakMap<Theme, Scale>();

function scaleOf(theme: Theme): Scale {
  const known = scales.get(theme);
  if (known !== undefined) return known;
  const style = getComputedStyle(document.documentElement);
  const scale = scaleFrom(stops.map((name) => style.getPropertyValue(name)));
  scales.set(theme, scale);
  return scale;
}

/** Color scale of the current theme. */
export const useScale = (): Scale => scaleOf(useTheme());
