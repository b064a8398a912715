import { describe, expect, it } from 'vitest';
import { addRoute, moveRoute, NEW_ROUTE, readRoutes, removeRoute, setRoute } from './routeTree';

const TEXT = `# who is told
route:
  receiver: team # everybody
  group_by: [alertname]
  routes:
    # pages
    - receiver: pager
      matchers: ['severity="critical"']
      continue: true
    - match: {team: core}
      match_re: {env: prod|stage}
      receiver: core
      routes:
        - receiver: night
          mute_time_intervals: [day]
receivers:
  - name: team
`;

describe('the routing tree', () => {
  it('is read with its places', () => {
    const root = readRoutes(TEXT);
    expect(root?.fields).toEqual({ ...NEW_ROUTE, receiver: 'team', groupBy: ['alertname'] });
    expect(root?.children.map(({ path, fields }) => [path, fields.matchers, fields.goesOn])).toEqual([
      [[0], ['severity="critical"'], true],
      [[1], ['team="core"', 'env=~"prod|stage"'], false],
    ]);
    expect(root?.children[1]?.children[0]?.fields.mute).toEqual(['day']);
    expect(readRoutes('receivers: []')).toBeUndefined();
    expect(readRoutes('')).toBeUndefined();
  });

  it('keeps comments and all else when a route changes', () => {
    const fields = readRoutes(TEXT)?.children[0]?.fields ?? NEW_ROUTE;
    expect(setRoute(TEXT, [0], { ...fields, groupWait: '10s', goesOn: false })).toBe(TEXT.replace('continue: true', 'group_wait: 10s').replace("matchers: ['severity=\"critical\"']", "matchers: [ 'severity=\"critical\"' ]").replace('[alertname]', '[ alertname ]').replace('{team: core}', '{ team: core }').replace('{env: prod|stage}', '{ env: prod|stage }').replace('[day]', '[ day ]'));
  });

  it('writes older matchers anew where they change', () => {
    const fields = readRoutes(TEXT)?.children[1]?.fields ?? NEW_ROUTE;
    const text = setRoute(TEXT, [1], { ...fields, matchers: ['team="core"'] });
    expect(text).not.toContain('match:');
    expect(text).not.toContain('match_re');
    expect(readRoutes(text)?.children[1]?.fields.matchers).toEqual(['team="core"']);
    expect(text.indexOf('matchers:\n')).toBeLessThan(text.indexOf('night'));
  });

  it('takes a child, loses one, and changes their order', () => {
    const more = addRoute(TEXT, [1], { ...NEW_ROUTE, receiver: 'x', matchers: ['a="b"'] });
    expect(readRoutes(more)?.children[1]?.children.map(({ fields }) => fields.receiver)).toEqual(['night', 'x']);
    expect(readRoutes(addRoute(more, [1, 1], NEW_ROUTE))?.children[1]?.children[1]?.children).toHaveLength(1);
    expect(readRoutes(moveRoute(TEXT, [0], 1))?.children.map(({ fields }) => fields.receiver)).toEqual(['core', 'pager']);
    expect(readRoutes(moveRoute(TEXT, [0], -1))?.children.map(({ fields }) => fields.receiver)).toEqual(['pager', 'core']);
    const fewer = removeRoute(TEXT, [1, 0]);
    expect(readRoutes(fewer)?.children[1]?.children).toEqual([]);
    expect(fewer).toContain('# pages');
    expect(fewer.match(/routes:/g)).toHaveLength(1);
  });

  it('begins in an empty text', () => {
    expect(addRoute('', [], { ...NEW_ROUTE, receiver: 'team' })).toBe('route:\n  receiver: team\n');
  });
});
