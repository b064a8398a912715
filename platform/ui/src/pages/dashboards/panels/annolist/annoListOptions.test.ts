import { expect, it } from 'vitest';
import { annoListOptions } from './annoListOptions';

it.each([
  [{}, { limit: 10, tags: [], beforeMs: 600_000, afterMs: 600_000, showTags: true, onlyInRange: false }],
  [{ limit: 1e9, tags: ['a', 2], navigateBefore: '1h', navigateAfter: 'never', onlyInTimeRange: true }, { limit: 1000, tags: ['a'], beforeMs: 3_600_000, afterMs: 600_000, onlyInRange: true }],
])('reads %j', (json, expected) => expect(annoListOptions(json)).toMatchObject(expected));
