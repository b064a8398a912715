import type { Json } from '../json';

/** The states of a document while it is edited. Each edit gives a new document, so going back is taking the one before. */
export interface EditHistory {
  readonly saved: Json;
  readonly past: readonly Json[];
  readonly present: Json;
  readonly future: readonly Json[];
}

/** Older states are forgotten; each may be a megabyte, though they share what did not change. */
const STATES_MAX = 200;

export function startHistory(saved: Json): EditHistory {
  return { saved, past: [], present: saved, future: [] };
}

export function change(history: EditHistory, next: Json): EditHistory {
  return next === history.present ? history : { ...history, past: [...history.past, history.present].slice(-STATES_MAX), present: next, future: [] };
}

export function undo(history: EditHistory): EditHistory {
  const before = history.past.at(-1);
  return before === undefined ? history : { ...history, past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] };
}

export function redo(history: EditHistory): EditHistory {
  const [next, ...rest] = history.future;
  return next === undefined ? history : { ...history, past: [...history.past, history.present], present: next, future: rest };
}

export function isChanged(history: EditHistory): boolean {
  return history.present !== history.saved;
}
