/** The steps of `labels.job`, `fields["My field"].text` or `fields[0]`. */
export function pathSteps(path: string): string[] {
  const steps: string[] = [];
  for (const [, plain, index, double, single] of path.matchAll(/([^.[\]]+)|\[(?:(\d+)|"([^"]*)"|'([^']*)')\]/g)) {
    steps.push(plain ?? index ?? double ?? single ?? '');
  }
  return steps;
}

/** What lies under a path, through own properties only; undefined where it ends early. A key may itself hold dots, as labels do. */
export function atPath(value: unknown, path: string): unknown {
  const steps = pathSteps(path);
  let current = value;
  for (const [i, step] of steps.entries()) {
    const rest = steps.slice(i).join('.');
    if (has(current, rest)) {
      return current[rest];
    }
    if (!has(current, step)) {
      return undefined;
    }
    current = current[step];
  }
  return current;
}

function has(value: unknown, key: string): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
