import { describe, expect, it } from 'vitest';
import { change, isChanged, redo, startHistory, undo } from './history';

describe('the history of an edit', () => {
  const first = { title: 'a' };
  const edited = change(change(startHistory(first), { title: 'b' }), { title: 'c' });

  it('goes back and forth', () => {
    expect(undo(edited).present).toEqual({ title: 'b' });
    expect(undo(undo(undo(edited))).present).toBe(first);
    expect(redo(undo(edited)).present).toEqual({ title: 'c' });
    expect(redo(edited)).toBe(edited);
  });

  it('forgets what was undone when something else is done', () => {
    expect(redo(change(undo(edited), { title: 'd' })).present).toEqual({ title: 'd' });
  });

  it('knows whether there is something to save', () => {
    expect(isChanged(edited)).toBe(true);
    expect(isChanged(undo(undo(edited)))).toBe(false);
    expect(change(edited, edited.present)).toBe(edited);
  });
});
