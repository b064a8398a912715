/** What a cursor in a LogQL query can complete. */
export type LogqlCursor =
  | { readonly kind: 'label'; readonly typed: string }
  | { readonly kind: 'value'; readonly label: string; readonly typed: string; readonly quoted: boolean }
  | { readonly kind: 'elsewhere' };

/** Looks at the text before the cursor: only inside a stream selector there are labels and values to offer. */
export function logqlCursor(before: string): LogqlCursor {
  const open = openSelector(before);
  if (open === undefined) {
    return { kind: 'elsewhere' };
  }
  const value = /([a-zA-Z_]\w*)\s*(?:=~|!~|!=|=)\s*("?)((?:[^"\\]|\\.)*)$/.exec(open);
  if (value && !(value[2] === '' && (value[3] ?? '').includes(','))) {
    return { kind: 'value', label: value[1] ?? '', typed: value[3] ?? '', quoted: value[2] === '"' };
  }
  const label = /(?:^|,)\s*([a-zA-Z_]?\w*)$/.exec(open);
  return label ? { kind: 'label', typed: label[1] ?? '' } : { kind: 'elsewhere' };
}

/** The text after the `{` that is still open, with closed strings emptied where they do not matter. */
function openSelector(before: string): string | undefined {
  let start: number | undefined;
  let quote: string | undefined;
  for (let i = 0; i < before.length; i++) {
    const char = before[i];
    if (quote !== undefined) {
      if (char === '\\' && quote === '"') i++;
      else if (char === quote) quote = undefined;
    } else if (char === '"' || char === '`') {
      quote = char;
    } else if (char === '{') {
      start = i + 1;
    } else if (char === '}') {
      start = undefined;
    }
  }
  return start === undefined ? undefined : before.slice(start);
}
