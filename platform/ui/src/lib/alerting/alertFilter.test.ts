import { describe, expect, it } from 'vitest';
import { byUrgency, chooseAlerts, readAlertFilter, withMatcher, type ShownAlert } from './alertFilter';

function alert(change: Partial<ShownAlert>): ShownAlert {
  return {
    state: 'active',
    fingerprint: 'f',
    labels: {},
    annotations: {},
    startsAt: '2026-01-01T00:00:00Z',
    updatedAt: '',
    endsAt: '',
    generatorUrl: '',
    receivers: [],
    silencedBy: [],
    inhibitedBy: [],
    mutedBy: [],
    ...change,
  };
}

const filter = (query: string) => readAlertFilter(new URLSearchParams(query));

describe('readAlertFilter', () => {
  it('reads the address', () => {
    expect(filter('filter={a="b"}&state=pending&receiver=team&silenced=on&view=groups')).toMatchObject({
      matchers: [{ name: 'a', operator: '=', value: 'b' }],
      mistake: undefined,
      state: 'pending',
      receiver: 'team',
      silenced: true,
      inhibited: false,
      view: 'groups',
    });
  });

  it('says what is wrong, and shows all for a state that is none', () => {
    expect(filter('filter=x&state=gone')).toMatchObject({ matchers: [], mistake: 'bad matcher format: x', state: undefined, view: 'flat' });
  });
});

describe('chooseAlerts', () => {
  const alerts = [
    alert({}),
    alert({ state: 'suppressed', silencedBy: ['s'] }),
    alert({ state: 'suppressed', inhibitedBy: ['i'] }),
    alert({ state: 'suppressed', mutedBy: ['nights'] }),
    alert({ state: 'pending' }),
  ];

  it.each([
    ['', 2, { silenced: 1, inhibited: 1, muted: 1 }],
    ['silenced=on', 3, { silenced: 0, inhibited: 1, muted: 1 }],
    ['silenced=on&inhibited=on&muted=on', 5, { silenced: 0, inhibited: 0, muted: 0 }],
    ['state=suppressed', 3, { silenced: 0, inhibited: 0, muted: 0 }],
    ['state=pending', 1, { silenced: 0, inhibited: 0, muted: 0 }],
  ])('%j', (query, count, hidden) => {
    const chosen = chooseAlerts(alerts, filter(query));
    expect(chosen.shown).toHaveLength(count);
    expect(chosen.hidden).toEqual(hidden);
  });
});

it('puts the worst first, then the newest', () => {
  const sorted = byUrgency([
    alert({ labels: { severity: 'info' } }),
    alert({ state: 'pending', labels: { severity: 'critical' } }),
    alert({ labels: { severity: 'critical' }, startsAt: '2026-01-01T00:00:00Z', fingerprint: 'old' }),
    alert({ labels: { severity: 'Critical' }, startsAt: '2026-01-02T00:00:00Z', fingerprint: 'new' }),
    alert({ labels: {} }),
  ]);
  expect(sorted.map(({ state, labels, fingerprint }) => `${state} ${labels['severity'] ?? ''} ${fingerprint}`)).toEqual(['active Critical new', 'active critical old', 'active  f', 'active info f', 'pending critical f']);
});

it('adds matchers once', () => {
  const job = { name: 'job', operator: '=', value: 'a' } as const;
  expect(withMatcher('', job)).toBe('{job="a"}');
  expect(withMatcher('b=~c', job)).toBe('{b=~"c",job="a"}');
  expect(withMatcher('{job="a"}', job)).toBe('{job="a"}');
  expect(withMatcher('oh no', job)).toBe('oh no');
});
