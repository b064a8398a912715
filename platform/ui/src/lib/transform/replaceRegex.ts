/** Patterns and texts are kept short, since both may be hostile. */
const LENGTH_MAX = 1000;

/**
 * A replacement by an expression as dashboards write it: `/pattern/flags`, or a bare pattern that must match the whole text.
 * Undefined for what is no expression of this browser.
 */
export function replaceRegex(text: string): ((value: string, replacement: string) => string) | undefined {
  const slashed = text.startsWith('/') ? /^\/([\s\S]*)\/([gimsu]*)$/.exec(text) : undefined;
  if (text === '' || text.length > LENGTH_MAX || slashed === null) {
    return undefined;
  }
  try {
    const regex = slashed ? new RegExp(slashed[1] ?? '', slashed[2]) : new RegExp(`^${text}$`);
    return (value, replacement) => (value.length > LENGTH_MAX ? value : value.replace(regex, replacement));
  } catch {
    return undefined;
  }
}
