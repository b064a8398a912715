/** Labels of a series or stream, or the attributes of a span, by name. */
export type Labels = Readonly<Record<string, string>>;

/** `name{a="b"}` as Prometheus writes a series; `{}` for no labels at all. */
export function formatSeries(labels: Labels): string {
  const { __name__: name = '', ...rest } = labels;
  const pairs = Object.entries(rest).map(([key, value]) => `${key}=${quote(value)}`);
  if (pairs.length === 0) {
    return name === '' ? '{}' : name;
  }
  return `${name}{${pairs.join(', ')}}`;
}

/** A string literal as PromQL and LogQL read it. */
export function quote(value: string): string {
  return JSON.stringify(value);
}

/** Names of labels in which the given sets differ, sorted; a missing label counts as "". */
export function differingLabels(sets: readonly Labels[]): string[] {
  const [first, ...rest] = sets;
  if (!first) {
    return [];
  }
  const names = new Set(sets.flatMap((set) => Object.keys(set)));
  return [...names].filter((name) => rest.some((set) => (set[name] ?? '') !== (first[name] ?? ''))).sort();
}
