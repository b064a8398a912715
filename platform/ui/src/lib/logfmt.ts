import type { Labels } from './labels';

const PAIR = /([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g;

/** The `key=value` pairs of a line; undefined where it holds fewer than two. */
export function parseLogfmt(line: string): Labels | undefined {
  const pairs = [...line.matchAll(PAIR)].map(([, key = '', quoted, plain = '']) => [key, quoted === undefined ? plain : unquote(quoted)] as const);
  return pairs.length < 2 ? undefined : Object.fromEntries(pairs);
}

/** Pairs as Tempo's `tags` parameter reads them; values are quoted where they need it. */
export function formatLogfmt(pairs: Labels): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key}=${/[\s"=\\]/.test(value) || value === '' ? JSON.stringify(value) : value}`)
    .join(' ');
}

function unquote(text: string): string {
  return text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}
