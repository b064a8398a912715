import type { Labels } from './labels';

const PAIR = /([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g;

/** The `key=value` pairs of a line; undefined where it holds fewer than two. */
export function parseLogfmt(line: string): Labels | undefined {
  const pairs = logfmtPairs(line);
  return pairs.length < 2 ? undefined : Object.fromEntries(pairs);
}

export function logfmtPairs(text: string): (readonly [string, string])[] {
  return [...text.matchAll(PAIR)].map(([, key = '', quoted, plain = '']) => [key, quoted === undefined ? plain : unquote(quoted)] as const);
}

function unquote(text: string): string {
  return text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}
