// Seeded answers about rules, receivers and templates. The tenant "many" has 14,758 rules in 3,402 groups.

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const STORED = 'name: team-api\ninterval: 30s\nrules:\n    - alert: SlowAnswers\n      expr: histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 0.5\n      for: 5m\n      labels:\n        severity: warning\n      annotations:\n        summary: \'{{ $value }} s\'\n    - record: job:http_requests:rate5m\n      expr: sum by (job) (rate(http_requests_total[5m]))\n';
const CONFIGURATION = '# who is told\nroute:\n  receiver: team\n  group_by: [alertname]\n  routes:\n    - receiver: pager\n      matchers:\n        - severity="critical"\n      continue: true\n      mute_time_intervals: [nights]\nreceivers:\n  - name: team # everybody\n    webhook_configs:\n      - url: <secret>\n  - name: pager\n    pagerduty_configs:\n      - routing_key: <secret>\n    telegram_configs:\n      - chat_id: 5\n        bot_token: <secret>\ntime_intervals:\n  - name: nights\n    time_intervals:\n      - times: [{start_time: "22:00", end_time: "24:00"}]\ntemplates: [team.tmpl]\n';
const TRIED = { integration: 'team/webhook[0]', target: 'http://127.0.0.1:8002/webhook', delivered: true, error: '', retry: false, reason: '', seconds: 0.012, exchanges: [{ request: 'POST http://127.0.0.1:8002/<secret>', payload: '{"receiver":"team","status":"firing"}', status: 200, response: 'ok' }] };

/** The answer to a request, or undefined for paths of others. */
export function rulesApi(method, path, parameters, tenant) {
  switch (path) {
    case '/prometheus/api/v1/rules':
      return parameters.has('language') ? success({ groups: loaded(parameters, tenant) }) : undefined;
    case '/api/platform/rules/groups':
      return { groups: [{ key: 'api://promql/team;team-api', file: 'team', name: 'team-api', origin: 'api', language: 'promql', interval: 30, queryOffset: 0, rules: 2, steps: 1, failing: 0, held: 0, missed: 2, lastSlot: ago(0), lastSeconds: 0.01, missedWhileDown: { key: 'k', file: 'team', group: 'team-api', from: ago(90), to: ago(60), iterations: 60, noticedAt: ago(60) } }] };
    case '/api/platform/rules/versions':
      return { versions: [{ namespace: 'team', group: 'team-api', version: 2, change: 'set', author: 'ada by admin token from this machine', at: ago(5), body: STORED }, { namespace: 'team', group: 'team-api', version: 1, change: 'set', author: 'admin token from this machine', at: ago(50), body: STORED.replace('> 0.5', '> 0.9') }] };
    case '/api/platform/rules/lint':
      return success({ findings: [finding('problem', 'quantile-without-le'), finding('advice', 'missing-runbook')] });
    case '/api/platform/rules/preview':
      return success({ mistakes: [], samplesFound: 2, samples: [0, 1].map((i) => ({ labels: { job: `api-${i}` }, value: '0.7' })), alerts: [0, 1].map((i) => ({ labels: { alertname: 'SlowAnswers', job: `api-${i}` }, annotations: { summary: '0.7 s', runbook_url: 'https://wiki.example/slow' }, value: '7e-01' })) });
    case '/api/platform/rules/backtest':
      return success({ rules: [backtested(parameters)] });
    case '/api/platform/rules/review':
      return success({ start: ago(10_080), end: ago(0), rules: [reviewed('SlowAnswers', 9), reviewed('NeverHeardOf', 0)] });
    case '/api/platform/alerts/configuration':
      return method === 'POST' ? { status: 204, body: '' } : { source: 'stored', version: 3, configuration: CONFIGURATION, templateFiles: { 'team.tmpl': '{{ define "team" }}{{ .CommonAnnotations.summary }}{{ end }}\n' }, receivers: [] };
    case '/api/platform/alerts/configuration/check':
      return { mistakes: [], receivers: [], alerts: 3, changes: [{ labels: { alertname: 'HighErrorRate', severity: 'critical' }, fingerprint: 'a1', before: [{ receiver: 'team', path: [] }], after: [{ receiver: 'pager', path: [] }] }] };
    case '/api/platform/alerts/configurations':
      return { versions: [{ version: 3, createdAt: ago(5), deleted: false, configuration: CONFIGURATION, templateFiles: {} }, { version: 2, createdAt: ago(500), deleted: false, configuration: CONFIGURATION.replace('continue: true', 'continue: false'), templateFiles: {} }] };
    case '/api/platform/notifications/test':
      return { receiver: 'team', notifiedAt: ago(0), delivered: true, integrations: [TRIED] };
    case '/api/platform/notifications/preview':
      return { text: 'TestAlert: Notification test' };
    default:
      return ruler(path);
  }
}

function ruler(path) {
  const place = /^\/(?:prometheus\/config|loki\/api|tempo\/config)\/v1\/rules(\/.*)?$/.exec(path);
  if (!place) return undefined;
  if (!path.startsWith('/prometheus')) return { status: 404, type: 'text/plain', body: 'no rule groups found' };
  if (place[1] !== undefined) return { status: 200, type: 'application/yaml', body: STORED };
  return { status: 200, type: 'application/yaml', body: `team:\n  - ${STORED.trim().replace(/\n/g, '\n    ')}\n` };
}

function success(data) {
  return { json: { status: 'success', data } };
}

function loaded(parameters, tenant) {
  if (parameters.get('language') !== 'promql') return [];
  const groups = tenant === 'many' ? many() : few();
  const wanted = parameters.getAll('rule_group[]');
  return groups.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
}

function rule(type, name, query, more = {}) {
  return { type, name, query, labels: { severity: 'warning' }, health: 'ok', lastEvaluation: ago(0), evaluationTime: 0.0021, ...(type === 'alerting' ? { state: 'inactive', duration: 300, keepFiringFor: 0, annotations: { summary: '{{ $value }} s' }, alerts: [] } : {}), ...more };
}

function few() {
  const alert = { labels: { alertname: 'HighErrorRate', severity: 'critical', endpoint: '/artifacts' }, annotations: { summary: 'High error rate detected', runbook_url: 'https://wiki.example/errors' }, state: 'firing', activeAt: ago(7), value: '3.1e-01' };
  return [
    {
      name: 'api-health', file: '/etc/ghostworks/alert-rules.yml', interval: 15, limit: 0, evaluationTime: 0.0052, lastEvaluation: ago(0),
      rules: [
        rule('alerting', 'HighErrorRate', 'rate(http_requests_total{status_code=~"5.."}[5m]) > 0.05', { state: 'firing', alerts: [alert] }),
        rule('alerting', 'HighLatency', 'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m])) > 0.5', { state: 'pending' }),
        rule('alerting', 'Broken', 'sum(rate(http_requests_total[5m])) / on (x) y > 1', { health: 'err', lastError: 'found duplicate series for the match group' }),
      ],
    },
    { name: 'team-api', file: 'team', interval: 30, limit: 0, evaluationTime: 0.0031, lastEvaluation: ago(0), rules: [rule('alerting', 'SlowAnswers', 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 0.5'), rule('recording', 'job:http_requests:rate5m', 'sum by (job) (rate(http_requests_total[5m]))')] },
  ];
}

function many() {
  return Array.from({ length: 3402 }, (_, g) => ({
    name: `group-${g}`, file: `/etc/rules/team-${g % 220}.yml`, interval: 60, limit: 0, evaluationTime: 0.004, lastEvaluation: ago(0),
    rules: Array.from({ length: g < 1150 ? 5 : 4 }, (_, r) => rule(r === 0 ? 'recording' : 'alerting', r === 0 ? `job:metric_${g}:rate5m` : `Alert${g}x${r}`, `sum by (job) (rate(metric_${g}_${r}{environment="production"}[5m])) > ${r}`)),
  }));
}

function finding(severity, check) {
  return { check, severity, file: '/etc/ghostworks/alert-rules.yml', line: 12, group: 'api-health', rule: 'HighLatency', reason: 'the buckets are told apart by le, which is summed away', corrected: 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 0.5' };
}

function backtested(parameters) {
  const end = Number(parameters.get('end'));
  const start = Number(parameters.get('start'));
  const at = (share) => new Date((start + (end - start) * share) * 1000).toISOString();
  const alert = (job, from) => ({ labels: { alertname: 'Up', job }, annotations: { summary: '0.7 s' }, pendingAt: at(from), firingAt: at(from + 0.05), resolvedAt: at(from + 0.3), firingSeconds: (end - start) / 4, firstValue: '0.7', leastValue: '0.6', mostValue: '0.9' });
  return { group: '', rule: 'Up', expr: 'up', interval: '1m', holdFor: '1m', keepFiringFor: '0s', start: at(0), end: at(1), evaluations: 60, failedEvaluations: 0, fired: 3, pendingOnly: 0, firingSeconds: 900, anyFiringSeconds: 700, flaps: 1, alertsMax: 2, truncated: false, alerts: [alert('api', 0.1), alert('api', 0.5), alert('worker', 0.3)] };
}

function reviewed(name, fired) {
  return { file: 'team', group: 'team-api', rule: name, alerts: fired, fired, firingSeconds: fired * 400, longestSeconds: fired * 90, flaps: fired > 0 ? 4 : 0, firingNow: fired > 0 ? 1 : 0, ...(fired > 0 ? { lastFired: ago(30) } : { noData: 'no series has the name heard_of_total' }), silenced: 1, acknowledged: 2, receivers: fired > 0 ? ['team'] : [], remarks: fired > 0 ? ['flaps: fired again within an hour, 4 times'] : ['never fired in 7d', 'tells nobody'] };
}
