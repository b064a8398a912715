import { expect, it } from 'vitest';
import { dashboardPath, dashListOptions } from './dashListOptions';

it('reads options', () => {
  expect(dashListOptions({})).toMatchObject({ showStarred: true, showRecent: false, showSearch: false, showHeadings: true, maxItems: 10, folderUid: undefined });
  expect(dashListOptions({ showSearch: true, tags: ['a', 1], folderUID: 'f', maxItems: 1e9, keepTime: true })).toMatchObject({ showSearch: true, tags: ['a'], folderUid: 'f', maxItems: 1000, keepTime: true });
});

it.each([
  [false, false, '/d/a%2Fb?tenant=acme'],
  [true, false, '/d/a%2Fb?from=1&to=2&tenant=acme'],
  [true, true, '/d/a%2Fb?from=1&to=2&var-x=a&var-x=b&tenant=acme'],
])('carries time: %s, variables: %s', (keepTime, includeVariables, expected) => {
  expect(dashboardPath('a/b', { keepTime, includeVariables }, new URLSearchParams('from=1&to=2&refresh=5s&var-x=a&var-x=b&tenant=acme&viewPanel=3'))).toBe(expected);
});
