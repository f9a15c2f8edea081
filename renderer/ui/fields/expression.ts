/**
 * Result of an arithmetic expression: `28*28`, `2^5`, `(64 + 2)/3`, `1e-3`, `10 %`; NaN for any other text. `×`, `·`,
 * `÷` and full-width signs work like the plain ones. Powers associate to the right.
 */
export function evaluate(text: string): number {
  const source = text
    .normalize('NFKC')
    .replace(/[×·∗]/g, '*')
    .replaceAll('÷', '/')
    .replace(/[−–]/g, '-')
    .replaceAll('**', '^');
  const tokens = source.match(/(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[-+*/^()%]|\S/gi) ?? [];
  let at = 0;
  const take = (token: string): boolean => tokens[at] === token && ++at > 0;

  function sum(): number {
    let value = product();
    for (;;) {
      if (take('+')) value += product();
      else if (take('-')) value -= product();
      else return value;
    }
  }
  function product(): number {
    let value = signed();
    for (;;) {
      if (take('*')) value *= signed();
      else if (take('/')) value /= signed();
      else return value;
    }
  }
  // −2² is −4: the sign binds less tightly than the power.
  function signed(): number {
    if (take('-')) return -signed();
    if (take('+')) return signed();
    const base = percent();
    return take('^') ? base ** signed() : base;
  }
  function percent(): number {
    const value = atom();
    return take('%') ? value / 100 : value;
  }
  function atom(): number {
    if (take('(')) {
      const value = sum();
      return take(')') ? value : Number.NaN;
    }
    const token = tokens[at] ?? '';
    at++;
    return /^[\d.]/.test(token) ? Number(token) : Number.NaN;
  }

  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : Number.NaN;
}
