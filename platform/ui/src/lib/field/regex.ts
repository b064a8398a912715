/** Expressions and the texts they run over are kept this short, since both may be hostile. */
const LENGTH_MAX = 1000;

/**
 * The expression that a dashboard writes as `/pattern/flags`, or as a bare pattern that must match the whole text.
 * Undefined for what is no expression of this browser.
 */
export function userRegex(text: string): RegExp | undefined {
  if (text === '' || text.length > LENGTH_MAX) {
    return undefined;
  }
  const slashed = text.startsWith('/') ? /^\/([\s\S]*)\/([gimsuy]*)$/.exec(text) : undefined;
  if (slashed === null) {
    return undefined;
  }
  try {
    // Without "g" and "y", which would make a test depend on the one before.
    return slashed ? new RegExp(slashed[1] ?? '', (slashed[2] ?? '').replace(/[gy]/g, '')) : new RegExp(`^${text}$`);
  } catch {
    return undefined;
  }
}

/** Whether the expression matches a text, of which only the first 1,000 characters are looked at. */
export function regexMatches(regex: RegExp | undefined, text: string): boolean {
  return regex !== undefined && regex.test(shortened(text));
}

/** As much of a text as expressions may run over. */
export function shortened(text: string): string {
  return text.length > LENGTH_MAX ? text.slice(0, LENGTH_MAX) : text;
}
