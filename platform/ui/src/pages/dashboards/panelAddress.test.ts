import { describe, expect, it } from 'vitest';
import { readPanel } from '../../lib/dashboard/readPanel';
import { linkAddress, passedOn } from './dashboardLinkAddress';
import { embedAddress, isNamed, panelAddress, panelIdOf } from './panelAddress';

describe('addresses of panels', () => {
  it.each([
    ['2', 2],
    ['panel-12', 12],
    ['panel-12-clone-1', 12],
    ['x', undefined],
    [null, undefined],
  ])('reads %s', (text, id) => {
    expect(panelIdOf(text)).toBe(id);
  });
  it('finds the panel that is meant', () => {
    const panel = readPanel({ id: 3 });
    expect([isNamed(panel, '3'), isNamed(panel, 'panel-3'), isNamed(panel, '4'), isNamed({ ...panel, key: 'panel-3-host=a' }, 'panel-3-host=a')]).toEqual([true, true, false, true]);
  });
  it('shares one panel with the range as it is', () => {
    const address = panelAddress('http://h/d/x?var-a=1&inspect=panel-3&from=now-1h&to=now', 'panel-3', { from: 'now-1h', to: 'now' }, { fromMs: 1000.5, toMs: 2000.5 }, true);
    expect(address).toBe('http://h/d/x?var-a=1&from=1000&to=2001&viewPanel=panel-3');
    expect(embedAddress(address)).toBe(`${address}&kiosk=true`);
  });
});

describe('links between dashboards', () => {
  const params = new URLSearchParams('from=now-1h&to=now&var-job=a&var-job=b&viewPanel=3');
  it.each([
    [{ keepTime: true, includeVars: false }, '/d/y?x=1', '/d/y?x=1&from=now-1h&to=now'],
    [{ keepTime: false, includeVars: true }, '/d/y#part', '/d/y?var-job=a&var-job=b#part'],
    [{ keepTime: false, includeVars: false }, 'https://e/', 'https://e/'],
  ])('carries on what %j says', (link, address, expected) => {
    expect(linkAddress(address, passedOn(params, link))).toBe(expected);
  });
});
