// Seeded answers of Alertmanager's API and of ours about alerts. They decide nothing: each question has its fixed answer.

const SILENCE = '2f0c3c51-8d1c-4a43-9f0e-6b1f7a1f2b3c';
const RECURRING = '3a1d4e62-9e2d-4b54-8a1f-7c2a8b2a3c4d';
const MANY = 3000;
const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

/** The answer to a request, or undefined for paths of others. */
export function alertingApi(method, path, parameters) {
  const am = /^\/alertmanager\/api\/v2\/(.*)$/.exec(path);
  if (am) return alertmanager(method, am[1], parameters);
  if (path === '/api/platform/alerts/why') return why(parameters);
  if (path === '/api/platform/alerts/routing') return routing();
  if (path === '/api/platform/notifications/queues') return queues();
  if (path === '/api/platform/notifications') return { notifications: notifications(parameters) };
  const told = /^\/api\/platform\/notifications\/(\d+)$/.exec(path);
  if (told) return notification(told[1]);
  if (path === '/api/platform/incidents') return { incidents: incidents(parameters) };
  const one = /^\/api\/platform\/incidents\/(\d+)(?:\/\w+)?$/.exec(path);
  return one ? incident(one[1]) : undefined;
}

function alertmanager(method, path, parameters) {
  if (path === 'silences' && method === 'POST') return { silenceID: SILENCE };
  if (path === 'silences') return { json: silences() };
  const id = /^silence\/(.+)$/.exec(path)?.[1];
  if (id !== undefined) {
    const found = silences().find((silence) => silence.id === id);
    return found ? { json: found } : { status: 404, body: '' };
  }
  if (path === 'receivers') return { json: [{ name: 'oncall-webhook' }, { name: 'core' }] };
  const filter = parameters.getAll('filter').join();
  if (path === 'alerts') return { json: /no-such/.test(filter) ? [] : alerts() };
  if (path === 'alerts/groups') return { json: [{ labels: { alertname: 'HighErrorRate' }, receiver: { name: 'oncall-webhook' }, routeLabels: {}, alerts: alerts().slice(0, 3) }] };
  return { status: 404, body: '"no such path"' };
}

function alerts() {
  const alert = (number, labels, status = {}) => ({
    fingerprint: number.toString(16).padStart(16, '0'),
    labels,
    annotations: { summary: 'High error rate detected', runbook_url: 'https://wiki.example/high-error-rate', note: '<b>javascript:alert(1)</b>' },
    startsAt: ago(7 + (number % 500)),
    updatedAt: ago(0),
    endsAt: ago(-5),
    generatorURL: 'http://prometheus.example/graph?g0.expr=up',
    receivers: [{ name: 'oncall-webhook' }],
    status: { state: 'active', silencedBy: [], inhibitedBy: [], mutedBy: [], ...status },
  });
  const named = [
    alert(1, { alertname: 'HighErrorRate', severity: 'critical', endpoint: '/artifacts', job: 'api-service' }),
    alert(2, { alertname: 'DiskFull', severity: 'warning', instance: 'storage-with-a-rather-long-name-0.internal.example:9100' }, { state: 'suppressed', silencedBy: [SILENCE] }),
    alert(3, { alertname: 'HighLatency', severity: 'warning', endpoint: '/search' }, { state: 'suppressed', inhibitedBy: ['0000000000000001'] }),
  ];
  return [...named, ...Array.from({ length: MANY }, (_, i) => alert(i + 4, { alertname: 'PodCrashLooping', severity: 'info', pod: `worker-${i}` }))];
}

function silences() {
  const silence = (id, state, more) => ({
    id,
    status: { state },
    matchers: [{ name: 'alertname', value: 'DiskFull', isRegex: false, isEqual: true }],
    startsAt: ago(30),
    endsAt: ago(-90),
    updatedAt: ago(30),
    createdBy: 'ada',
    comment: 'The disk is being replaced, see https://tickets.example/7',
    ...more,
  });
  const schedule = '[{weekdays: ["monday:friday"], times: [{start_time: "02:00", end_time: "04:00"}], location: Europe/Berlin}]';
  return [
    silence(SILENCE, 'active', {}),
    silence(RECURRING, 'pending', {
      comment: 'nightly load test',
      matchers: [{ name: 'job', value: 'load|batch', isRegex: true, isEqual: true }],
      annotations: { ghostworks_schedule: schedule, ghostworks_schedule_start: ago(6000), ghostworks_schedule_end: ago(-60_000) },
    }),
    silence('4b2e5f73-0f3e-4c65-9b2a-8d3b9c3b4d5e', 'expired', { comment: 'release 1.4', endsAt: ago(10) }),
  ];
}

function why(parameters) {
  const labels = Object.fromEntries(parameters.getAll('label').map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1).replace(/^"|"$/g, '')]));
  const asked = Object.keys(labels).length === 0 ? alerts()[0].labels : labels;
  return {
    labels: asked,
    at: ago(0),
    fingerprint: '0000000000000001',
    known: true,
    told: true,
    summary: 'Told to oncall-webhook.',
    routes: [
      {
        id: '{}/{severity="critical"}/0',
        path: ['{}', '{severity="critical"}'],
        receiver: 'oncall-webhook',
        integrations: ['oncall-webhook/webhook[0]'],
        groupKey: '{}/{severity="critical"}:{alertname="HighErrorRate"}',
        groupLabels: { alertname: 'HighErrorRate' },
        groupWait: '30s',
        groupInterval: '5m',
        repeatInterval: '4h',
        muteTimeIntervals: [],
        activeTimeIntervals: [],
        heldBy: [],
        told: true,
        why: 'Told to oncall-webhook.',
      },
    ],
    inhibitedBy: [],
    silencedBy: [],
    notes: [],
  };
}

function routing() {
  const route = (id, matchers, receiver, more = {}) => ({
    id,
    matchers,
    continues: false,
    receiver,
    integrations: [`${receiver}/webhook[0]`],
    groupBy: ['alertname'],
    groupWait: '30s',
    groupInterval: '5m',
    repeatInterval: '4h',
    muteTimeIntervals: [],
    activeTimeIntervals: [],
    labels: {},
    heldBy: [],
    routes: [],
    ...more,
  });
  return {
    at: ago(0),
    configured: true,
    route: route('{}', [], 'core', {
      routes: [
        route('{}/{severity="critical"}/0', ['severity="critical"'], 'oncall-webhook', { continues: true }),
        route('{}/{team="web"}/1', ['team="web"'], 'core', { muteTimeIntervals: ['nights'], heldBy: ['nights'], groupBy: ['...'] }),
      ],
    }),
    inhibitRules: [{ name: '', sourceMatchers: '{severity="critical"}', targetMatchers: '{severity="warning"}', equal: ['job'] }],
    timeIntervals: [{ name: 'nights', active: true, changesAt: ago(-180), parts: [{ times: ['00:00-06:30'], weekdays: ['monday:friday'], location: 'Europe/Berlin' }] }],
  };
}

function queues() {
  const queue = (receiver, more) => ({ receiver, integration: 'webhook', name: `${receiver}/webhook[0]`, target: 'http://127.0.0.1:8002/webhook', waiting: 0, pausing: 0, sending: 0, failuresInRow: 0, circuitOpen: false, ...more });
  return {
    limits: { receiverPerMinute: 120, receiverBurst: 100, tenantPerMinute: 600, tenantBurst: 500 },
    queues: [queue('core', {}), queue('oncall-webhook', { waiting: 7, pausing: 6, failuresInRow: 9, circuitOpen: true, keptBackBy: 'circuit', nextTryAt: ago(-0.5) })],
  };
}

function notifications(parameters) {
  const entry = (id, status, minutes, more) => ({
    id,
    receiver: 'oncall-webhook',
    integration: 'webhook',
    name: 'oncall-webhook/webhook[0]',
    target: 'http://127.0.0.1:8002/webhook',
    status,
    attempts: 1,
    reason: 'first notification',
    groupKey: '{}/{severity="critical"}:{alertname="HighErrorRate"}',
    groupLabels: { alertname: 'HighErrorRate' },
    firing: 1,
    resolved: 0,
    createdAt: ago(minutes),
    ...more,
  });
  const wanted = parameters.getAll('status');
  return [
    entry('3', 'pending', 0.2, { attempts: 2, error: 'connect to 127.0.0.1:8002: connection refused', nextAttemptAt: ago(-0.2), keptBackBy: 'circuit' }),
    entry('2', 'delivered', 5, {}),
    entry('1', 'delivered', 65, { firing: 0, resolved: 1 }),
  ].filter(({ status }) => wanted.length === 0 || wanted.includes(status));
}

function notification(id) {
  const found = notifications(new URLSearchParams()).find((entry) => entry.id === id);
  if (!found) return { status: 404, body: `{"error":"there is no notification ${id}, or no more"}` };
  const exchange = { request: 'POST http://127.0.0.1:8002/webhook', payload: '{"version":"4","status":"firing","alerts":[{"labels":{"alertname":"HighErrorRate"}}]}', status: 200, response: '{"ok":true}' };
  return { notification: found, idempotencyKey: '5f1c', alerts: toldAlerts(), alertsLeftOut: 0, attempts: [{ number: 1, at: found.createdAt, durationMs: 31, status: 200, exchanges: [exchange] }] };
}

function toldAlerts() {
  const [first] = alerts();
  return [{ fingerprint: first.fingerprint, status: 'firing', labels: first.labels, annotations: first.annotations, startsAt: first.startsAt, links: { silence: '/', runbook: 'https://wiki.example/high-error-rate' } }];
}

function incidents(parameters) {
  const entry = (id, state, minutes, more) => ({
    id,
    state,
    title: 'HighErrorRate',
    summary: 'High error rate detected',
    severity: 'critical',
    receiver: 'oncall-webhook',
    groupKey: '{}/{severity="critical"}:{alertname="HighErrorRate"}',
    groupLabels: { alertname: 'HighErrorRate' },
    startedAt: ago(minutes),
    durationSeconds: 420,
    updatedAt: ago(0),
    firing: state === 'open' ? 1 : 0,
    alerts: 1,
    reopened: 0,
    silenceLink: '/',
    ...more,
  });
  const state = parameters.get('state');
  return [entry('2', 'open', 7, {}), entry('1', 'ended', 90, { endedAt: ago(83), reopened: 1 })].filter((each) => state === null || each.state === state);
}

function incident(id) {
  const found = incidents(new URLSearchParams()).find((entry) => entry.id === id);
  if (!found) return { status: 404, body: `{"error":"there is no incident ${id}"}` };
  return {
    incident: found,
    alerts: toldAlerts(),
    timeline: [
      { at: ago(7), kind: 'opened', text: '' },
      { at: ago(7), kind: 'fired', text: '1 alert: endpoint=/artifacts' },
      { at: ago(5), kind: 'notified', text: '', notification: '2' },
      { at: ago(4), kind: 'muted', text: `silenced by ${SILENCE}: 1 alert` },
      { at: ago(2), kind: 'comment', author: 'ada', text: 'Looking at it <img src=x onerror=alert(1)>' },
    ],
  };
}
