import { expect, it } from 'vitest';
import { placeOf } from './alertmanagerLink';

it.each<[string, string, Record<string, string>]>([
  ['', '/alerting/alerts', {}],
  ['#/alerts', '/alerting/alerts', {}],
  ['#/alerts?silenced=true&inhibited=false&filter=%7Ba%3D%22b%22%7D&receiver=team', '/alerting/alerts', { filter: '{a="b"}', receiver: 'team', silenced: 'on' }],
  ['#/silences', '/alerting/silences', {}],
  ['#/silences?filter=%7Ba%3D%22b%22%7D', '/alerting/silences', { filter: '{a="b"}' }],
  ['#/silences/new?filter=%7Ba%3D%22x%3Fy%22%2C%20b%3D%22c%22%7D', '/alerting/silences/new', { filter: '{a="x?y", b="c"}' }],
  ['#/silences/new?filter=%7B%7D&comment=why', '/alerting/silences/new', { filter: '{}', comment: 'why' }],
  ['#/silences/2f0c3c51-8d1c-4a43-9f0e-6b1f7a1f2b3c', '/alerting/silences/2f0c3c51-8d1c-4a43-9f0e-6b1f7a1f2b3c', {}],
  ['#/silences/edit?id=2f0c', '/alerting/silences/2f0c/edit', {}],
  ['#/silences/..%2f..%2fx', '/alerting/silences', {}],
  ['#/status', '/alerting/routing', {}],
  ['#/settings', '/alerting/alerts', {}],
])('%s', (hash, path, parameters) => {
  expect(placeOf(hash)).toEqual({ path, parameters });
});
