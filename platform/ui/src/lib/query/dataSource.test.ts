import { describe, expect, it } from 'vitest';
import type { TemplateScope } from '../template/scope';
import { refusal, resolveDataSource } from './dataSource';

const scope: TemplateScope = {
  replace: (text) => text.replace('$datasource', 'main-loki').replace('${DS_TYPE}', 'tempo'),
  values: () => undefined,
  with: () => scope,
};

describe('resolveDataSource', () => {
  it.each([
    [undefined, undefined, { expr: 'up' }, 'prometheus'],
    ['prometheus', 'abc', {}, 'prometheus'],
    [undefined, '${DS_PROMETHEUS}', {}, 'prometheus'],
    [undefined, 'Prometheus (eu)', {}, 'prometheus'],
    [undefined, '$datasource', {}, 'loki'],
    ['${DS_TYPE}', 'x', {}, 'tempo'],
    ['$unknown', 'x', { expr: '{app="a"} |= "b"' }, 'loki'],
    ['jaeger', 'x', {}, 'tempo'],
    ['zipkin', 'x', {}, 'tempo'],
    ['alertmanager', 'x', {}, 'alertmanager'],
    [undefined, '-- Grafana --', {}, 'grafana'],
    ['datasource', 'grafana', {}, 'grafana'],
    ['datasource', '-- Mixed --', {}, 'mixed'],
    ['datasource', '-- Dashboard --', {}, 'dashboard'],
    ['__expr__', '__expr__', {}, 'expression'],
    [undefined, '-100', {}, 'expression'],
    [undefined, 'P1809F7CD0C75ACF3', { expr: '{job="x"} | json' }, 'loki'],
    [undefined, 'P1809F7CD0C75ACF3', { query: '{}', queryType: 'traceql' }, 'tempo'],
    [undefined, 'P1809F7CD0C75ACF3', { expr: 'rate(http_requests_total{a="b"}[5m])' }, 'prometheus'],
    ['influxdb', 'x', { expr: 'up' }, 'foreign'],
    ['grafana-testdata-datasource', 'x', {}, 'foreign'],
    ['toString', 'x', {}, 'foreign'],
  ])('reads type %s, uid %s, query %j as %s', (type, uid, query, kind) => {
    expect(resolveDataSource({ type, uid }, scope, query).kind).toBe(kind);
  });

  it('refuses by name', () => {
    expect(refusal(resolveDataSource({ type: 'grafana-testdata-datasource' }, scope))).toContain('TestData');
    expect(refusal(resolveDataSource({ type: 'mysql' }, scope))).toContain('“mysql”');
  });
});
