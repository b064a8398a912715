import { expect, it } from 'vitest';
import { zonedDateTime } from './zonedTime';

it.each([
  [1_700_000_000_123, 'UTC', '2023-11-14 22:13:20.123'],
  [1_700_000_000_123, 'Asia/Kolkata', '2023-11-15 03:43:20.123'],
  [-1, 'UTC', '1969-12-31 23:59:59.999'],
  [NaN, 'UTC', 'no time'],
  [1e20, 'UTC', 'no time'],
])('%d in %s is %s', (ms, zone, expected) => expect(zonedDateTime(ms, zone)).toBe(expected));
