/** Matchers for series selectors, as PromQL writes them. */
export interface LabelMatcher {
  readonly name: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** `metric{a="b"}`; with neither metric nor matchers, undefined: an API parameter that is left out. */
export function selectorOf(metric: string | undefined, matchers: readonly LabelMatcher[] = []): string | undefined {
  const inside = matchers
    .filter((matcher) => matcher.value !== '')
    .map((matcher) => `${matcher.name}${matcher.operator}${JSON.stringify(matcher.value)}`)
    .join(',');
  if (metric === undefined || metric === '') {
    return inside === '' ? undefined : `{${inside}}`;
  }
  return inside === '' ? metric : `${metric}{${inside}}`;
}
