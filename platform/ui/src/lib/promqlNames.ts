const KEYWORDS = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'offset', 'bool', 'and', 'or', 'unless', 'atan2', 'inf', 'nan', 'start', 'end', 'smoothed', 'anchored', 'fill', 'fill_left', 'fill_right']);

/** Names of the metrics that an expression selects, in order, without repeats. Strings, label lists and functions are left out. */
export function metricNames(expr: string): string[] {
  const bare = expr
    .replace(/#[^\n]*/g, ' ')
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '""')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right|fill|fill_left|fill_right)\s*\([^)]*\)/g, ' ')
    .replace(/\b(offset|@)\s*-?[\w.]+/g, ' ');
  const names = [...bare.matchAll(/(?<![\w:.$])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])/g)].map((match) => match[0]);
  return [...new Set(names.filter((name) => !KEYWORDS.has(name.toLowerCase()) && !/^\d/.test(name)))];
}
