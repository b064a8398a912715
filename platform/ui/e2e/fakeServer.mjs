// A server with seeded answers for every interface that the pages use. Only for tests of the pages: it evaluates nothing.
import { createServer } from 'node:http';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alertingApi } from './fakeAlerting.mjs';
import { libraryApi } from './fakeLibrary.mjs';
import { rulesApi } from './fakeRules.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, '../target/classes/io/ghostworks/ui/web');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.txt': 'text/plain' };
// As strict as the server's own.
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'";
const SERVICES = ['api', 'worker', 'billing-and-invoices'];
const TENANTS = ['acme', 'globex', 'initech', 'umbrella'];
const ENDPOINTS = ['/artifacts', '/artifacts/{id}', '/search', '/login', '/invoices'];
const startedMs = Date.now() - 5_400_000;

/** Answers under the prefix ("" or "/name") on a free port of the loopback interface; `answers` come before the seeded ones. */
export async function startFakeServer(prefix = '', answers = () => undefined) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://fake');
    if (!url.pathname.startsWith(prefix)) return send(response, 404, 'text/plain', 'outside the prefix');
    const path = url.pathname.slice(prefix.length);
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const body = new URLSearchParams(text);
      const parameters = request.method === 'POST' ? body : url.searchParams;
      const answer = answers(path, parameters, request.headers) ?? rulesApi(request.method, path, parameters, request.headers['x-scope-orgid']) ?? alertingApi(request.method, path, url.searchParams) ?? libraryApi(request.method, path, url.searchParams, text, dashboardFiles()) ?? api(path, parameters, request.headers);
      if (answer === undefined) return file(request, response, path, prefix);
      if (typeof answer.status === 'number') return send(response, answer.status, answer.type ?? 'application/json', answer.body);
      send(response, 200, 'application/json', JSON.stringify(answer.json ?? answer));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}${prefix}/`, close: () => new Promise((resolve) => server.close(resolve)) };
}

function send(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, ...(type.startsWith('text/html') ? { 'content-security-policy': POLICY } : {}) });
  response.end(body);
}

function file(request, response, path, prefix) {
  const candidate = join(web, path);
  if (path !== '/' && candidate.startsWith(web) && existsSync(candidate) && extname(candidate)) {
    return send(response, 200, TYPES[extname(candidate)] ?? 'application/octet-stream', readFileSync(candidate));
  }
  if (path.startsWith('/assets/')) return send(response, 404, 'text/plain', 'no such file');
  // Data that are asked for by a script and are not here must not look like an answer; pictures of hostile addresses may.
  if (request.headers['sec-fetch-dest'] === 'empty') return send(response, 404, 'text/plain', 'no such answer');
  send(response, 200, TYPES['.html'], readFileSync(join(web, 'index.html'), 'utf8').replace('<base href="/" />', `<base href="${prefix}/" />`));
}

function api(path, parameters, headers) {
  const prometheus = /^\/prometheus\/api\/v1\/(.*)$/.exec(path);
  if (prometheus) return prometheusApi(prometheus[1], parameters);
  const loki = /^\/loki\/api\/v1\/(.*)$/.exec(path);
  if (loki) return lokiApi(loki[1], parameters, headers);
  const tempo = /^\/tempo\/api\/(.*)$/.exec(path);
  if (tempo) return tempoApi(tempo[1], parameters);
  const dashboard = /^\/api\/dashboards\/uid\/(.*)$/.exec(path);
  if (dashboard) {
    const found = dashboardFiles().find((entry) => entry.uid === dashboard[1]);
    return found ? { dashboard: { ...found.json, uid: found.uid }, meta: { canSave: true, version: 1 } } : { status: 404, body: '{"message":"Dashboard not found"}' };
  }
  if (path === '/api/platform/traces/dependencies') return { dependencies: [['user', 'api'], ['api', 'worker'], ['api', 'postgres'], ['worker', 'postgres'], ['worker', 'worker']].map(([caller, callee], i) => ({ caller, callee, connectionType: callee === 'postgres' ? 'database' : '', calls: 900 - i * 150, errors: i * 4 })) };
  if (path === '/api/dashboards/db') return { json: { uid: 'every-variable', version: 2, status: 'success' } };
  if (path === '/api/annotations') return [{ id: 1, time: Date.now() - 420_000, timeEnd: Date.now() - 300_000, text: 'Deployed 1.4.2', tags: ['deployment'], panelId: 0 }];
  if (path === '/api/platform/status') return platformStatus();
  if (path === '/api/platform/services') return { windowSeconds: 300, services: services() };
  return undefined;
}

function dashboardFiles() {
  const shared = process.env.GHOSTWORKS_SHARED ?? join(here, '../../../../shared');
  const places = [join(here, 'dashboards'), join(here, '../../../saas/demo/config/dashboards'), join(shared, 'conformance/dashboards')];
  const files = places.filter(existsSync).flatMap((place) => readdirSync(place).map((name) => join(place, name)));
  const adr = join(shared, 'adr/dashboard-api-golden-signals.json');
  return [...files, ...(existsSync(adr) ? [adr] : [])].map((name, index) => {
    const json = JSON.parse(readFileSync(name, 'utf8'));
    const inner = json.dashboard ?? json;
    return { uid: inner.uid ?? `file-${index}`, json: inner };
  });
}

// ---- Prometheus

function prometheusApi(path, parameters) {
  const query = parameters.get('query') ?? '';
  switch (path) {
    case 'query_range':
      return success({ resultType: 'matrix', result: rangeSeries(query, Number(parameters.get('start')), Number(parameters.get('end')), Number(parameters.get('step'))), ...(parameters.has('stats') ? { stats: { timings: { evalTotalTime: 0.0021 }, samples: { totalQueryableSamples: 1220, peakSamples: 61 } } } : {}) });
    case 'query':
      if (query === 'profile_samples') return success({ resultType: 'vector', result: profile().map(([label, level, value, self]) => ({ metric: { label, level: String(level), self: String(self) }, value: [Number(parameters.get('time')), String(value)] })) });
      return success({
        resultType: 'vector',
        result: seriesOf(query).map((metric, i) => ({ metric, value: [Number(parameters.get('time')), String(valueAt(query, i, Number(parameters.get('time'))))] })),
      });
    case 'query_exemplars':
      return success([
        {
          seriesLabels: { __name__: 'http_request_duration_seconds_bucket', endpoint: '/artifacts' },
          exemplars: Array.from({ length: 12 }, (_, i) => ({
            labels: { trace_id: traceId(i) },
            value: String(0.1 + (i % 5) * 0.2),
            timestamp: Number(parameters.get('start')) + ((Number(parameters.get('end')) - Number(parameters.get('start'))) * (i + 1)) / 14,
          })),
        },
      ]);
    case 'labels':
      return success(['__name__', 'endpoint', 'instance', 'job', 'status_code', 'tenant_id']);
    case 'series':
      return success(seriesOf(parameters.get('match[]') ?? 'up'));
    case 'search/metric_names':
      return { json: { results: [{ name: 'http_requests_total', score: 0.7 }, { name: 'up', score: 0.6 }] } };
    case 'metadata':
      return success({ http_requests_total: [{ type: 'counter', help: 'Total HTTP requests', unit: '' }] });
    case 'rules':
      return success({ groups: ruleGroups() });
    case 'alerts':
      return success({ alerts: alerts() });
    case 'targets':
      return success({ activeTargets: targets(), droppedTargets: [{ scrapePool: 'api-service', discoveredLabels: discovered('api:9000', 'api-service') }] });
    case 'targets/relabel_steps':
      return success({ steps: [{ rule: { source_labels: ['__address__'], regex: '.*:9000', action: 'drop' }, output: {}, keep: false }] });
    case 'status/buildinfo':
      return success({ version: '3.14.0', revision: 'ghostworks-0.1.0' });
    case 'status/runtimeinfo':
      return success({ startTime: new Date(startedMs).toISOString(), hostname: 'fake', CWD: '/srv/ghostworks', storageRetention: '30d', GOMAXPROCS: 2 });
    case 'status/config':
      return success({ yaml: 'global:\n  scrape_interval: 15s\nscrape_configs:\n- job_name: api-service\n  static_configs:\n  - targets:\n    - api:8000\n' });
    case 'status/flags':
      return success({ 'config.file': '/etc/prometheus/a-rather-long-folder-of-configuration/prometheus.yml', 'query.lookback-delta': '5m', 'query.max-samples': '50000000', 'storage.tsdb.retention.time': '30d' });
    case 'status/tsdb':
      return success(tsdbStatus(Number(parameters.get('limit') ?? 10)));
    case 'status/tsdb/churn':
      return success({ hours: [0, 1, 2, 3, 4, 5].map((i) => Math.floor(Date.now() / 3_600_000 - i) * 3600), metrics: tsdbStatus(10).seriesCountByMetricName.map(({ name, value }, i) => ({ name, active: value, began: [value % 97, i, 0, 0, 0, 0], ended: [0, i, 0, 0, 0, 0] })) });
    case 'status/tsdb/blocks':
      return success({ blocks: [0, 1, 2].map((i) => ({ ulid: `01M83KTGN85WDD1TJ7FX4TS8A${i}`, minTime: Date.now() - (i + 1) * 7_200_000, maxTime: Date.now() - i * 7_200_000, stats: { numSamples: 6_004_570 - i, numSeries: 6418 }, compaction: { level: i + 1, sources: [] }, version: 2 })) });
    default: {
      const label = /^label\/(.+)\/values$/.exec(path)?.[1];
      if (label === undefined) return { status: 404, body: '{"status":"error","errorType":"not_found","error":"no such path"}' };
      const values = {
        __name__: (parameters.get('match[]') ?? '').includes('missing_metric') ? ['up'] : ['up', 'http_requests_total', 'http_request_duration_seconds_bucket', ...(parameters.get('match[]') ?? '').split(/[^\w:]+/)],
        endpoint: ENDPOINTS,
        job: ['api-service', 'worker-service'],
        tenant_id: TENANTS,
      };
      return success(values[label] ?? [`${label}-1`, `${label}-2`]);
    }
  }
}

/** Rows of a flame graph: function, level, value and own part. */
function profile() {
  return [['total', 0, 9e9, 0], ['com.example.Api.handle', 1, 7e9, 1e9], ['com.example.Db.query', 2, 4e9, 2e9], ['java.net.Socket.read', 3, 2e9, 2e9], ['com.example.Json.write', 2, 2e9, 2e9], ['jdk.internal.gc', 1, 2e9, 2e9]];
}

function success(data) {
  return { json: { status: 'success', data } };
}

function hash(text) {
  let value = 7;
  for (const char of text) value = (value * 31 + char.charCodeAt(0)) >>> 0;
  return value;
}

/** Labels that the outermost aggregation keeps, each with its values; a query for nothing gives nothing. */
function seriesOf(query) {
  if (/^ALERTS\{/.test(query)) return [{ __name__: 'ALERTS', alertname: 'HighErrorRate', alertstate: 'firing' }];
  if (/missing_metric|no_such/.test(query)) return [];
  const by = /by\s*\(([^)]*)\)/.exec(query)?.[1]?.split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'le') ?? [];
  const known = { endpoint: ENDPOINTS, tenant_id: TENANTS, tier: ['free', 'team', 'enterprise'], status_code: ['200', '404', '500'], job: ['api-service', 'worker-service'] };
  if (by.length > 0) {
    return by.reduce((sets, name) => sets.flatMap((set) => (known[name] ?? [`${name}-1`, `${name}-2`]).map((value) => ({ ...set, [name]: value }))), [{}]).slice(0, 12);
  }
  if (/^\s*(sum|avg|max|min|count|histogram_quantile|scalar|100|1 )/.test(query)) return [{}];
  if (/http_requests_total/.test(query)) {
    return ENDPOINTS.slice(0, 4).map((endpoint, i) => ({ method: i % 2 ? 'POST' : 'GET', endpoint, status_code: '200', job: 'api-service', instance: 'api:8000' }));
  }
  const name = /[a-zA-Z_:][\w:]*/.exec(query.replace(/^(rate|irate|increase|sum|avg)\s*\(/, ''))?.[0] ?? 'up';
  return [
    { __name__: name, job: 'api-service', instance: 'api:8000' },
    { __name__: name, job: 'worker-service', instance: 'worker:8001' },
  ];
}

function valueAt(query, index, seconds) {
  const seed = hash(query) % 97;
  const scale = /bytes/i.test(query) ? 5e8 : /quantile|duration|seconds/.test(query) ? 0.4 : /ratio|\/\s*(sum|rate)/.test(query) ? 0.02 : /100/.test(query) ? 40 : 12;
  return scale * (1 + index * 0.4) * (1 + 0.35 * Math.sin(seconds / 190 + index + seed) + 0.12 * Math.sin(seconds / 23 + seed));
}

function rangeSeries(query, start, end, step) {
  return seriesOf(query).map((metric, index) => {
    const values = [];
    for (let i = 0; i <= Math.floor((end - start) / step + 1e-9); i++) {
      const seconds = start + i * step;
      if (seconds * 1000 > startedMs) values.push([seconds, String(valueAt(query, index, seconds))]);
    }
    return { metric, values };
  });
}

function alerts() {
  return [
    {
      labels: { alertname: 'HighErrorRate', severity: 'critical', endpoint: '/artifacts', status_code: '500', job: 'api-service' },
      annotations: { summary: 'High error rate detected', description: 'API error rate is 0.31 requests/sec' },
      state: 'firing',
      activeAt: new Date(Date.now() - 400_000).toISOString(),
      value: '3.1e-01',
    },
    {
      labels: { alertname: 'HighLatency', severity: 'warning', endpoint: '/search' },
      annotations: { summary: 'High API latency detected', description: '95th percentile latency is 0.8s' },
      state: 'pending',
      activeAt: new Date(Date.now() - 60_000).toISOString(),
      value: '8e-01',
    },
  ];
}

function ruleGroups() {
  const rule = (name, query, seconds, state, list) => ({
    type: 'alerting',
    name,
    query,
    duration: seconds,
    keepFiringFor: 0,
    labels: { severity: name === 'HighErrorRate' ? 'critical' : 'warning' },
    annotations: { summary: 'x' },
    health: 'ok',
    state,
    alerts: list,
    lastEvaluation: new Date().toISOString(),
    evaluationTime: 0.0031,
  });
  const [errors, latency] = alerts();
  return [
    {
      name: 'api-health',
      file: '/etc/ghostworks/alert-rules.yml',
      interval: 15,
      rules: [
        rule('HighErrorRate', 'rate(http_requests_total{status_code=~"5.."}[5m]) > 0.05', 120, 'firing', [errors]),
        rule('HighLatency', 'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m])) > 0.5', 300, 'pending', [latency]),
        rule('DiskFull', 'ghostworks_disk_free_bytes < 1e9', 0, 'inactive', []),
      ],
    },
  ];
}

function targets() {
  return ['api:8000', 'worker:8001'].map((address, i) => ({
    scrapePool: i ? 'worker-service' : 'api-service',
    scrapeUrl: `http://${address}/metrics`,
    labels: { instance: address, job: i ? 'worker-service' : 'api-service' },
    discoveredLabels: discovered(address, i ? 'worker-service' : 'api-service'),
    health: i ? 'down' : 'up',
    lastError: i ? `Get "http://${address}/metrics": connection refused` : '',
    lastScrape: new Date(Date.now() - 4000).toISOString(),
    lastScrapeDuration: 0.0123,
    scrapeInterval: '15s',
    scrapeTimeout: '10s',
  }));
}

function discovered(address, job) {
  return { __address__: address, __metrics_path__: '/metrics', __scheme__: 'http', __scrape_interval__: '15s', __scrape_timeout__: '10s', job };
}

function tsdbStatus(limit) {
  const top = (names, factor) => names.slice(0, limit).map((name, i) => ({ name, value: Math.floor(factor / (i + 1)) }));
  return {
    headStats: { numSeries: 6418, numLabelPairs: 876, chunkCount: 6358, minTime: startedMs, maxTime: Date.now() },
    seriesCountByMetricName: top(['http_request_duration_seconds_bucket', 'a_metric_with_a_name_that_is_long_enough_to_be_broken_where_a_window_is_narrow_total', 'http_requests_total', 'up'], 3528),
    labelValueCountByLabelName: top(['__name__', 'le', 'endpoint', 'tenant_id'], 454),
    memoryInBytesByLabelName: top(['__name__', 'endpoint', 'instance'], 351_124),
    seriesCountByLabelValuePair: top(['job=api-service', 'instance=api:8000', 'endpoint=/artifacts/{id}'], 5100),
  };
}

// ---- Loki

function lokiApi(path, parameters, headers) {
  if (path === 'labels') return { data: ['service_name', 'level', 'deployment_environment_name'] };
  const label = /^label\/(.+)\/values$/.exec(path)?.[1];
  if (label) return { data: label === 'service_name' ? SERVICES : ['info', 'warn', 'error'] };
  if (path !== 'query_range') return { status: 404, type: 'text/plain', body: 'no such path' };
  const query = parameters.get('query') ?? '';
  if (!query.trim().startsWith('{')) return { status: 400, type: 'text/plain', body: 'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER' };
  const endMs = Number(parameters.get('end').slice(0, -6));
  const startMs = Number(parameters.get('start').slice(0, -6));
  const wanted = /service_name="([^"]+)"/.exec(query)?.[1];
  const needle = /\|[=~] "(?:\(\?i\))?([^"]+)"/.exec(query)?.[1]?.toLowerCase();
  const limit = Number(parameters.get('limit') ?? 100);
  const streams = SERVICES.filter((name) => wanted === undefined || wanted === name).map((name) => ({ stream: { service_name: name, level: 'info', deployment_environment_name: 'production' }, values: [] }));
  let count = 0;
  for (let ms = Math.floor(Math.min(endMs, Date.now()) / 700) * 700; ms >= startMs && count < limit; ms -= 700) {
    const n = Math.floor(ms / 700);
    const stream = streams[n % streams.length];
    const level = n % 17 === 0 ? 'error' : n % 5 === 0 ? 'warn' : 'info';
    const line =
      n % 3 === 0
        ? JSON.stringify({ level, event: 'Creating artifact', tenant_id: TENANTS[n % 4], artifact_name: `report-${n % 50}`, tags_count: n % 7, trace_id: traceId(n % 12), request_id: `r-${n}` })
        : n % 3 === 1
          ? `level=${level} msg="request completed" method=GET path=/artifacts/${n % 90} status=${level === 'error' ? 500 : 200} duration=${n % 300}ms`
          : `${new Date(ms).toISOString()} ${level.toUpperCase()} com.example.saas.ArtifactService - processed a batch of ${n % 40} artifacts for tenant ${TENANTS[n % 4]} with a rather long explanation of what was done and why it took so long`;
    if (needle && !line.toLowerCase().includes(needle)) continue;
    count++;
    const metadata = { trace_id: traceId(n % 12), span_id: spanId(n % 9), detected_level: level };
    stream.values.push(headers['x-loki-response-encoding-flags'] ? [`${ms}000000`, line, { structuredMetadata: metadata }] : [`${ms}000000`, line]);
  }
  return { data: { resultType: 'streams', result: streams.filter((stream) => stream.values.length > 0), encodingFlags: ['categorize-labels'], stats: {} } };
}

// ---- Tempo

function traceId(n) {
  return `4bf92f3577b34da6a3ce929d0e0e47${(16 + n).toString(16).padStart(2, '0')}`;
}

function spanId(n) {
  return `00f067aa0ba9${(4096 + n).toString(16)}`;
}

function tempoApi(path, parameters) {
  if (path === 'search/tags') return { tagNames: ['service.name', 'http.route', 'tenant.id'] };
  const tag = /^search\/tag\/(.+)\/values$/.exec(path)?.[1];
  if (tag) return { tagValues: tag === 'service.name' ? SERVICES : ['GET /artifacts', 'POST /artifacts', 'job.run'] };
  if (path === 'search') {
    const query = parameters.get('q') ?? '';
    const onlyErrors = query.includes('status = error');
    const service = /resource\.service\.name = "([^"]*)"/.exec(query)?.[1];
    return {
      traces: Array.from({ length: 24 }, (_, i) => i)
        .filter((i) => (!onlyErrors || i % 6 === 0) && (!service || SERVICES.includes(service)))
        .map((i) => ({
          traceID: traceId(i % 12),
          rootServiceName: service ?? SERVICES[i % 2],
          rootTraceName: `${i % 2 ? 'POST' : 'GET'} ${ENDPOINTS[i % ENDPOINTS.length]}`,
          startTimeUnixNano: `${Date.now() - i * 20_000}000000`,
          durationMs: 20 + ((i * 137) % 900),
          serviceStats: { api: { spanCount: 6 + i, errorCount: i % 6 === 0 ? 1 : 0 }, worker: { spanCount: 3 } },
        }))
        .map((trace, i) => ({ ...trace, traceID: traceId(i) })),
    };
  }
  const id = /^traces\/(.+)$/.exec(path)?.[1];
  if (!id) return { status: 404, type: 'text/plain', body: 'no such path' };
  if (!id.startsWith('4bf9')) return { status: 404, type: 'text/plain', body: 'trace not found' };
  return { batches: [batch('api', 0, 160), batch('worker', 160, 40)] };
}

function batch(service, from, count) {
  const base = BigInt(Date.now() - 60_000) * 1_000_000n;
  const spans = Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const start = base + BigInt(n * 3_100_000);
    const attributes = { 'http.route': ENDPOINTS[n % 5], 'tenant.id': TENANTS[n % 4], 'db.query.text': n % 4 === 3 ? 'SELECT id, name, created_at FROM artifact WHERE tenant_id = ? AND name LIKE ? ORDER BY created_at DESC LIMIT 50' : undefined };
    return {
      traceId: '', spanId: spanId(n),
      parentSpanId: n === 0 ? '' : spanId(Math.floor((n - 1) / 3)),
      name: n === 0 ? 'POST /artifacts' : n % 4 === 3 ? 'SELECT artifact' : `artifact.step-${n}`,
      kind: n === 0 ? 2 : n % 4 === 3 ? 'SPAN_KIND_CLIENT' : 1,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(n === 0 ? base + 700_000_000n : start + BigInt(4_000_000 + ((n * 7919) % 90) * 700_000)),
      attributes: Object.entries(attributes).filter(([, value]) => value).map(([key, value]) => ({ key, value: { stringValue: value } })),
      events: n % 11 === 5 ? [{ timeUnixNano: String(start + 1_000_000n), name: 'exception', attributes: [{ key: 'exception.message', value: { stringValue: 'connection pool timed out after 30 s' } }] }] : [],
      status: n % 11 === 5 ? { code: 2, message: 'connection pool timed out' } : {},
    };
  });
  return { resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }, { key: 'service.version', value: { stringValue: '1.4.2' } }] }, scopeSpans: [{ scope: { name: 'io.example' }, spans }] };
}

// ---- Ours

function services() {
  return SERVICES.map((name, i) => ({
    name,
    spans: 4200 - i * 900,
    requestsPerSecond: 41.3 / (i + 1),
    errorRatio: i === 0 ? 0.071 : 0.004 * i,
    p95Seconds: 0.31 + i * 0.2,
    lastSeen: new Date().toISOString(),
  }));
}

function platformStatus() {
  const names = ['web', 'otlp-grpc', 'otlp-http', 'prometheus', 'loki', 'tempo', 'jaeger', 'zipkin'];
  const ports = [3000, 4317, 4318, 9090, 3100, 3200, 16686, 9411];
  return {
    version: '0.1.0-SNAPSHOT',
    startedAt: new Date(startedMs).toISOString(),
    uptimeSeconds: (Date.now() - startedMs) / 1000,
    ready: true,
    dataDirectory: '/var/lib/ghostworks/data',
    durability: 'fsync',
    disk: { totalBytes: 500e9, freeBytes: 210e9 },
    listeners: names.map((name, i) => ({ name, address: `127.0.0.1:${ports[i]}`, state: i === 7 ? 'skipped' : 'bound', ...(i === 7 ? { reason: 'port 9411 is in use by another process' } : {}) })),
    storage: [
      { engine: 'series', journalBytes: 31e6, partBytes: 214e6 },
      { engine: 'records', journalBytes: 54e6, partBytes: 788e6 },
    ],
    ingest: [
      { signal: 'metrics', acceptedItems: 10_220_115, acceptedPerSecond: 1893.2, rejected: [{ reason: 'out of order', items: 12 }] },
      { signal: 'logs', acceptedItems: 820_115, acceptedPerSecond: 152.7, rejected: [] },
      { signal: 'traces', acceptedItems: 2_220_115, acceptedPerSecond: 411.8, rejected: [] },
    ],
    configurationFiles: [
      { kind: 'ghostworks', path: '/etc/ghostworks/ghostworks.yml', warnings: [], withoutEffect: [] },
      { kind: 'prometheus', path: '/etc/ghostworks/prometheus.yml', warnings: [], withoutEffect: [{ place: 'prometheus.yml:12', key: 'remote_write[0]', consequence: 'samples are stored here and not sent on' }] },
      { kind: 'collector', path: '/etc/ghostworks/otelcol-config.yml', warnings: ['exporters.jaeger: the Collector removed this exporter; today it is otlp (line 21)'], withoutEffect: [] },
    ],
    restartNeeds: [],
    pipelines: [
      { name: 'traces', signal: 'traces', receivers: ['otlp'], processors: ['batch', 'resource'], exporters: ['jaeger'], stored: true },
      { name: 'metrics', signal: 'metrics', receivers: ['otlp'], processors: ['batch', 'resource'], exporters: ['prometheus'], stored: false, reason: 'collector.not_stored names it' },
      { name: 'logs', signal: 'logs', receivers: ['otlp'], processors: [], exporters: [], stored: true },
    ],
    unfinishedQueries: [],
    scrapePools: [
      { job: 'api-service', intervalSeconds: 15, targetsUp: 1, targetsDown: 0, targetsUnknown: 0 },
      { job: 'worker-service', intervalSeconds: 30, targetsUp: 0, targetsDown: 1, targetsUnknown: 0 },
    ],
  };
}
