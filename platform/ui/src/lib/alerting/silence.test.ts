import { describe, expect, it } from 'vitest';
import { draftAgain, draftBody, draftMistake, draftOf, emptyDraft, formatSpan, fromApiSilence, fromLocalInput, scheduleWords, toLocalInput, withRemark, withSchedule, type ApiSilence, type SilenceDraft } from './silence';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const API: ApiSilence = {
  id: 'one',
  state: 'active',
  matchers: [{ name: 'job', value: 'a|b', isRegex: true, isEqual: true }],
  startsAt: '2026-03-02T10:00:00.000Z',
  endsAt: '2026-03-02T14:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
  createdBy: 'ada',
  comment: 'why',
  annotations: { ticket: '7' },
};
const RECURRING: ApiSilence = {
  ...API,
  annotations: { ...API.annotations, ghostworks_schedule: '[{weekdays: [monday]}]', ghostworks_schedule_start: '2026-01-01T00:00:00.000Z', ghostworks_schedule_end: '2026-12-31T00:00:00.000Z' },
};
const GOOD: SilenceDraft = { ...emptyDraft(NOW, 'ada'), matchers: [{ name: 'job', operator: '=', value: 'a' }], comment: 'deploy' };

describe('fromApiSilence', () => {
  it('reads matchers, and a schedule apart from other annotations', () => {
    expect(fromApiSilence(API)).toMatchObject({ matchers: [{ name: 'job', operator: '=~', value: 'a|b' }], annotations: { ticket: '7' }, schedule: undefined });
    const silence = fromApiSilence(RECURRING);
    expect(silence.schedule).toEqual({ text: '[{weekdays: [monday]}]', startsAt: '2026-01-01T00:00:00.000Z', endsAt: '2026-12-31T00:00:00.000Z' });
    expect(silence.annotations).toEqual({ ticket: '7' });
    expect(scheduleWords('[{weekdays: [monday]}]')).toBe('Monday, all day (UTC)');
    expect(scheduleWords('{oh')).toBe('{oh');
  });
});

describe('draftBody', () => {
  it('makes a silence', () => {
    expect(draftBody(GOOD)).toEqual({
      matchers: [{ name: 'job', value: 'a', isRegex: false, isEqual: true }],
      startsAt: '2026-03-02T12:00:00.000Z',
      endsAt: '2026-03-02T14:00:00.000Z',
      createdBy: 'ada',
      comment: 'deploy',
    });
  });

  it('gives back what was read, with id, whole time and annotations', () => {
    expect(draftBody(draftOf(fromApiSilence(API)))).toMatchObject({ id: 'one', startsAt: API.startsAt, endsAt: API.endsAt, annotations: { ticket: '7' } });
    expect(draftBody(draftOf(fromApiSilence(RECURRING)))).toMatchObject({
      id: 'one',
      startsAt: '2026-01-01T00:00:00.000Z',
      endsAt: '2026-12-31T00:00:00.000Z',
      annotations: { ticket: '7', ghostworks_schedule: '[{"weekdays":["monday"]}]', ghostworks_schedule_start: '2026-01-01T00:00:00.000Z', ghostworks_schedule_end: '2026-12-31T00:00:00.000Z' },
    });
  });

  it('keeps a schedule that the form has no fields for', () => {
    const odd = fromApiSilence({ ...RECURRING, annotations: { ghostworks_schedule: '[{moons: [full]}]' } });
    expect(draftOf(odd).schedule).toEqual({ kind: 'text', text: '[{moons: [full]}]' });
  });

  it('is made anew as long as it was', () => {
    expect(draftAgain(fromApiSilence(API), NOW, 'bob')).toMatchObject({ id: '', createdBy: 'bob', startsAtMs: NOW, endsAtMs: NOW + 4 * 3_600_000, comment: 'why' });
  });
});

describe('draftMistake', () => {
  it.each<[Partial<SilenceDraft>, RegExp | undefined]>([
    [{}, undefined],
    [{ matchers: [] }, /at least one matcher/],
    [{ matchers: [{ name: ' ', operator: '=', value: 'x' }] }, /name of a label/],
    [{ matchers: [{ name: 'a', operator: '=', value: '' }] }, /must ask for a value/],
    [{ endsAtMs: NaN }, /start and an end/],
    [{ endsAtMs: NOW }, /after the start/],
    [{ startsAtMs: NOW - 2000, endsAtMs: NOW - 1000 }, /over already/],
    [{ schedule: { kind: 'times', times: [] } }, /at least one time/],
    [{ schedule: { kind: 'times', times: [{ location: '', times: ['4-3'] }] } }, /HH:MM/],
    [{ schedule: { kind: 'text', text: ' ' } }, /Write the schedule/],
    [{ createdBy: ' ' }, /who you are/],
    [{ comment: '' }, /Say why/],
  ])('%j', (change, mistake) => {
    const found = draftMistake({ ...GOOD, ...change }, NOW);
    if (mistake) expect(found).toMatch(mistake);
    else expect(found).toBeUndefined();
  });
});

it('lets a silence that begins to recur last for a month', () => {
  const recurring = withSchedule(GOOD, { kind: 'times', times: [] });
  expect(recurring.endsAtMs - recurring.startsAtMs).toBe(30 * 86_400_000);
  const long = { ...GOOD, endsAtMs: NOW + 8 * 86_400_000 };
  expect(withSchedule(long, { kind: 'text', text: '' }).endsAtMs).toBe(long.endsAtMs);
  expect(withSchedule({ ...recurring, endsAtMs: NOW + 1 }, { kind: 'text', text: '' }).endsAtMs).toBe(NOW + 1);
});

it('writes times for inputs and reads them', () => {
  for (const zone of [undefined, 'UTC', 'Europe/Berlin']) expect(fromLocalInput(toLocalInput(NOW, zone), zone)).toBe(NOW);
  expect(toLocalInput(NOW, 'Asia/Tokyo')).toBe('2026-03-02T21:00:00');
  expect(fromLocalInput('2026-03-02T21:00', 'Asia/Tokyo')).toBe(NOW);
  expect(toLocalInput(NaN, undefined)).toBe('');
  expect(fromLocalInput('', undefined)).toBeNaN();
});

it('writes spans', () => {
  expect([7_200_000, 93_600_000, 90_000, 0].map(formatSpan)).toEqual(['2h', '1d2h', '2m', '0m']);
});

it('adds remarks to a comment', () => {
  expect(withRemark('why', 'bob ', ' still needed ', NOW)).toBe('why\n2026-03-02 12:00 UTC, bob: still needed');
});
