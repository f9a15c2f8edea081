/** TeX of a size calculation as layers write it: `⌊(28 + 2·0 − 5)/2⌋ + 1 = 12`. */
export const sumTex = (sum: string): string =>
  sum
    .replace(/\((.+)\)\/(\d+)/, (_, above: string, below: string) =>
      below === '1' ? `(${above})` : `\\frac{${above}}{${below}}`,
    )
    .replace(/(\d),(?=\d)/g, '$1{,}')
    .replaceAll('⌊', '\\left\\lfloor ')
    .replaceAll('⌋', '\\right\\rfloor ')
    .replaceAll('⌈', '\\left\\lceil ')
    .replaceAll('⌉', '\\right\\rceil ')
    .replaceAll('·', ' \\cdot ')
    .replaceAll('−', '-');
