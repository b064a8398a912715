import { describe, expect, it } from 'vitest';
import { eventWord, mergeTimeline } from './timeline';

const SILENCE = '2f0c3c51-8d1c-4a43-9f0e-6b1f7a1f2b3c';
const told = (id: string, status: string, createdAt: string) => ({ id, status, createdAt });

describe('mergeTimeline', () => {
  it('gives events newest first, with their notifications and silences', () => {
    const entries = mergeTimeline(
      [
        { at: '2026-01-01T10:00:00Z', kind: 'opened', text: 'A' },
        { at: '2026-01-01T10:00:00Z', kind: 'fired', text: 'x' },
        { at: '2026-01-01T10:00:30Z', kind: 'notified', text: 'team', notification: '7' },
        { at: '2026-01-01T10:05:00Z', kind: 'muted', text: `by silence ${SILENCE}` },
        { at: '2026-01-01T10:06:00Z', kind: 'comment', author: 'ada', text: `see ${SILENCE}` },
      ],
      [told('7', 'delivered', '2026-01-01T10:00:29Z'), told('8', 'pending', '2026-01-01T10:05:30Z')],
    );
    expect(entries.map(({ kind }) => kind)).toEqual(['comment', 'notification_pending', 'muted', 'notified', 'fired', 'opened']);
    expect(entries[3]?.notification?.status).toBe('delivered');
    expect(entries[2]?.silences).toEqual([SILENCE]);
    expect(entries[0]).toMatchObject({ author: 'ada', silences: [] });
  });

  it('keeps the id of a notification that is forgotten', () => {
    expect(mergeTimeline([{ at: '2026-01-01T10:00:30Z', kind: 'notified', text: '', notification: '7' }], [])[0]).toMatchObject({ notification: undefined, notificationId: '7' });
  });
});

it('finds the alerts that inhibit', () => {
  const text = 'inhibited by alert aa86786aa146ff6a: 2 alerts: host="inhibited by alert x"; cluster=a';
  expect(mergeTimeline([{ at: '2026-01-01T10:00:30Z', kind: 'muted', text }], [])[0]?.alerts).toEqual(['aa86786aa146ff6a']);
});

it('names what it does not know by its own words', () => {
  expect(eventWord('fired')).toBe('Fired');
  expect(eventWord('some_new_kind')).toBe('some new kind');
});
