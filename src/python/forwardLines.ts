/** A statement of the function that computes the network: `gives` from `takes`. Values are named by node and port. */
export interface Statement {
  readonly takes: readonly string[];
  readonly gives: readonly string[];
  /** The member that computes it, or an expression from the variables of `takes`. */
  readonly by: string | ((variables: readonly string[]) => string);
}

/** A line: values of variables (none: returned), from a call of a member with variables, or from an expression. */
export interface Line {
  readonly left: readonly string[];
  readonly right: { readonly member: string; readonly args: readonly string[] } | { readonly expression: string };
}

/** Variables in the order in which they are taken where `x` is in use. */
const variableAt = (n: number): string => ['x', 'y', 'z'][n] ?? `z${n - 1}`;

/**
 * The lines of the function. A value takes the variable of the first value that is not needed any more, so a chain of layers
 * is `x = conv1(x)`. `arguments_`: variables of the inputs. `results`: values to return, and the text around them.
 */
export function forwardLines(
  statements: readonly Statement[],
  arguments_: ReadonlyMap<string, string>,
  results: readonly string[],
  returned: (variables: readonly string[]) => string,
): readonly Line[] {
  const needed = leadingTo(statements, results);
  const lastUse = new Map<string, number>();
  needed.forEach(({ takes }, i) => {
    for (const value of takes) lastUse.set(value, i);
  });
  for (const value of results) lastUse.set(value, needed.length);
  const variables = new Map(arguments_);
  const lines: Line[] = [];
  for (const [i, { takes, gives, by }] of needed.entries()) {
    const of = takes.map((value) => variables.get(value) as string);
    const right: Line['right'] = typeof by === 'string' ? { member: by, args: of } : { expression: by(of) };
    if (gives.length === 1 && 'expression' in right && right.expression === of[0]) {
      variables.set(gives[0] as string, right.expression);
      continue;
    }
    const live = new Set(
      [...variables].filter(([value]) => (lastUse.get(value) ?? -1) > i).map(([, variable]) => variable),
    );
    const free = of.filter((variable) => !live.has(variable));
    const left = gives.map((value) => {
      const variable = free.shift() ?? unused(live);
      live.add(variable);
      variables.set(value, variable);
      return variable;
    });
    lines.push({ left, right });
  }
  const end = returned(results.map((value) => variables.get(value) as string));
  const last = lines.at(-1);
  // `x = f(x)` and `return x` become `return f(x)`.
  if (last?.left.join(', ') === end) return [...lines.slice(0, -1), { left: [], right: last.right }];
  return [...lines, { left: [], right: { expression: end } }];
}

function unused(live: ReadonlySet<string>): string {
  let n = 0;
  while (live.has(variableAt(n))) n++;
  return variableAt(n);
}

/** The statements that a result depends on. */
function leadingTo(statements: readonly Statement[], results: readonly string[]): readonly Statement[] {
  const wanted = new Set(results);
  const kept: Statement[] = [];
  for (const statement of statements.toReversed()) {
    if (!statement.gives.some((value) => wanted.has(value))) continue;
    for (const value of statement.takes) wanted.add(value);
    kept.unshift(statement);
  }
  return kept;
}
