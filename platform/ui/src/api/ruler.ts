import type { components } from './generated/platform';
import { array, number, object, optionalString, string } from '../lib/json';
import { LANGUAGES, readGroups, timeMs, type LoadedGroup, type RuleLanguage } from '../lib/alerting/ruleGroups';
import { ApiError, getJson, getText, postForm, sendText, type Access, type QueryParameters } from './http';

type Schemas = components['schemas'];
export type RuleGroupVersion = Schemas['RuleGroupVersion'];

/** Where each language's ruler answers, on the web port. */
const RULER: Record<RuleLanguage, string> = { promql: 'prometheus/config/v1/rules', logql: 'loki/api/v1/rules', traceql: 'tempo/config/v1/rules' };

/** All groups of the tenant in all languages, with the state of their rules. */
export async function loadedRules(access: Access, signal?: AbortSignal): Promise<LoadedGroup[]> {
  const [status, ...answers] = await Promise.all([
    getJson(access, 'api/platform/rules/groups', { signal }),
    ...LANGUAGES.map((language) => getJson(access, 'prometheus/api/v1/rules', { parameters: { language }, signal })),
  ]);
  return LANGUAGES.flatMap((language, i) => readGroups(language, object(answers[i])['data'], status));
}

/** One group with its rules; undefined where it is not loaded. */
export async function loadedGroup(access: Access, language: RuleLanguage, file: string, name: string, signal?: AbortSignal): Promise<LoadedGroup | undefined> {
  const [status, answer] = await Promise.all([
    getJson(access, 'api/platform/rules/groups', { signal }),
    getJson(access, 'prometheus/api/v1/rules', { parameters: { language, 'file[]': [file], 'rule_group[]': [name] }, signal }),
  ]);
  return readGroups(language, object(answer)['data'], status).find((group) => group.file === file && group.name === name);
}

/** The stored groups of a language as YAML, by namespace; '' where there are none. */
export async function storedRules(access: Access, language: RuleLanguage, signal?: AbortSignal): Promise<string> {
  return emptyIfAbsent(getText(access, RULER[language], { signal }));
}

/** A stored group as YAML; '' where there is none. */
export async function storedGroup(access: Access, language: RuleLanguage, namespace: string, group: string, signal?: AbortSignal): Promise<string> {
  return emptyIfAbsent(getText(access, groupPath(language, namespace, group), { signal }));
}

/** Stores a group in the place of the one of its name; what is wrong with it is in the error. */
export async function storeGroup(access: Access, language: RuleLanguage, namespace: string, yaml: string): Promise<void> {
  await sendText(access, 'POST', `${RULER[language]}/${encodeURIComponent(namespace)}`, { type: 'application/yaml', text: yaml });
}

export async function deleteGroup(access: Access, language: RuleLanguage, namespace: string, group: string): Promise<void> {
  await sendText(access, 'DELETE', groupPath(language, namespace, group));
}

function groupPath(language: RuleLanguage, namespace: string, group: string): string {
  return `${RULER[language]}/${encodeURIComponent(namespace)}/${encodeURIComponent(group)}`;
}

async function emptyIfAbsent(text: Promise<string>): Promise<string> {
  return text.catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return '';
    throw error;
  });
}

/** Versions of stored groups, newest first. */
export async function ruleVersions(access: Access, language: RuleLanguage, namespace: string, group: string, signal?: AbortSignal): Promise<readonly RuleGroupVersion[]> {
  const answer = (await getJson(access, 'api/platform/rules/versions', { parameters: { language, namespace, group }, signal })) as Schemas['RuleGroupVersions'];
  return answer.versions;
}

export async function restoreGroup(access: Access, language: RuleLanguage, namespace: string, group: string, version: number): Promise<void> {
  await sendText(access, 'POST', 'api/platform/rules/restore', undefined, { parameters: { language, namespace, group, version } });
}

export interface LintFinding {
  readonly check: string;
  readonly severity: 'problem' | 'advice';
  readonly file: string;
  readonly line: number;
  readonly group: string;
  readonly rule: string;
  readonly reason: string;
  /** The expression as it should be. */
  readonly corrected: string | undefined;
  /** The rule as it should be, in YAML. */
  readonly correctedRule: string | undefined;
}

/** What is wrong with the loaded rules of PromQL. */
export async function lintLoaded(access: Access, signal?: AbortSignal): Promise<LintFinding[]> {
  return findingsOf(await getJson(access, 'api/platform/rules/lint', { signal }));
}

/** What is wrong with the text of a rule file. */
export async function lintText(access: Access, rules: string, signal?: AbortSignal): Promise<LintFinding[]> {
  return findingsOf(await postForm(access, 'api/platform/rules/lint', { rules }, signal));
}

/** What is wrong with the queries of a dashboard's panel, looked at with the data. */
export async function lintPanel(access: Access, title: string, exprs: readonly string[], signal?: AbortSignal): Promise<LintFinding[]> {
  const targets = exprs.map((expr) => ({ expr, datasource: { type: 'prometheus' } }));
  return findingsOf(await postForm(access, 'api/platform/rules/lint', { dashboard: JSON.stringify({ panels: [{ title, targets }] }), file: title }, signal));
}

function findingsOf(answer: unknown): LintFinding[] {
  return array(object(object(answer)['data'])['findings']).map(object).map((finding) => ({
    check: string(finding['check']),
    severity: finding['severity'] === 'problem' ? 'problem' : 'advice',
    file: string(finding['file']),
    line: number(finding['line'], 0),
    group: string(finding['group']),
    rule: string(finding['rule']),
    reason: string(finding['reason']),
    corrected: optionalString(finding['corrected']),
    correctedRule: optionalString(finding['correctedRule']),
  }));
}

/** An alert that a backtest found; times are undefined for what did not happen. */
export interface BacktestAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly pendingMs: number | undefined;
  readonly firingMs: number | undefined;
  readonly keptSinceMs: number | undefined;
  readonly resolvedMs: number | undefined;
  readonly firingSeconds: number;
  readonly firstValue: string;
  readonly leastValue: string;
  readonly mostValue: string;
}

export interface BacktestResult {
  readonly group: string;
  readonly rule: string;
  readonly expr: string;
  readonly interval: string;
  readonly holdFor: string;
  readonly keepFiringFor: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly evaluations: number;
  readonly failedEvaluations: number;
  readonly failure: string | undefined;
  readonly fired: number;
  readonly pendingOnly: number;
  readonly firingSeconds: number;
  /** How long any alert fired. */
  readonly anyFiringSeconds: number;
  readonly flaps: number;
  readonly alertsMax: number;
  readonly truncated: boolean;
  readonly alerts: readonly BacktestAlert[];
}

/** What is tried: one rule as `expr`, the text of a file as `rules`, or the loaded rules by `group` and `rule`. */
export async function backtest(access: Access, parameters: QueryParameters, signal?: AbortSignal): Promise<BacktestResult[]> {
  const answer = object(await postForm(access, 'api/platform/rules/backtest', parameters, signal));
  return array(object(answer['data'])['rules']).map(object).map((rule) => ({
    group: string(rule['group']),
    rule: string(rule['rule']),
    expr: string(rule['expr']),
    interval: string(rule['interval']),
    holdFor: string(rule['holdFor']),
    keepFiringFor: string(rule['keepFiringFor']),
    startMs: timeMs(rule['start']) ?? 0,
    endMs: timeMs(rule['end']) ?? 0,
    evaluations: number(rule['evaluations'], 0),
    failedEvaluations: number(rule['failedEvaluations'], 0),
    failure: optionalString(rule['failure']),
    fired: number(rule['fired'], 0),
    pendingOnly: number(rule['pendingOnly'], 0),
    firingSeconds: number(rule['firingSeconds'], 0),
    anyFiringSeconds: number(rule['anyFiringSeconds'], 0),
    flaps: number(rule['flaps'], 0),
    alertsMax: number(rule['alertsMax'], 0),
    truncated: rule['truncated'] === true,
    alerts: array(rule['alerts']).map(object).map((alert) => ({
      labels: object(alert['labels']) as Record<string, string>,
      annotations: object(alert['annotations']) as Record<string, string>,
      pendingMs: timeMs(alert['pendingAt']),
      firingMs: timeMs(alert['firingAt']),
      keptSinceMs: timeMs(alert['keptSince']),
      resolvedMs: timeMs(alert['resolvedAt']),
      firingSeconds: number(alert['firingSeconds'], 0),
      firstValue: string(alert['firstValue']),
      leastValue: string(alert['leastValue']),
      mostValue: string(alert['mostValue']),
    })),
  }));
}

export interface ReviewedRule {
  readonly file: string;
  readonly group: string;
  readonly rule: string;
  readonly alerts: number;
  readonly fired: number;
  readonly firingSeconds: number;
  readonly longestSeconds: number;
  readonly flaps: number;
  readonly firingNow: number;
  readonly lastFiredMs: number | undefined;
  readonly silenced: number;
  readonly acknowledged: number;
  readonly receivers: readonly string[];
  readonly error: string | undefined;
  readonly noData: string | undefined;
  /** What to look at, in words. */
  readonly remarks: readonly string[];
}

export interface Review {
  readonly startMs: number;
  readonly endMs: number;
  readonly rules: readonly ReviewedRule[];
}

/** How the loaded alerting rules have done; `window` is a duration such as `7d`. */
export async function review(access: Access, window: string, signal?: AbortSignal): Promise<Review> {
  const data = object(object(await getJson(access, 'api/platform/rules/review', { parameters: { window }, signal }))['data']);
  return {
    startMs: timeMs(data['start']) ?? 0,
    endMs: timeMs(data['end']) ?? 0,
    rules: array(data['rules']).map(object).map((rule) => ({
      file: string(rule['file']),
      group: string(rule['group']),
      rule: string(rule['rule']),
      alerts: number(rule['alerts'], 0),
      fired: number(rule['fired'], 0),
      firingSeconds: number(rule['firingSeconds'], 0),
      longestSeconds: number(rule['longestSeconds'], 0),
      flaps: number(rule['flaps'], 0),
      firingNow: number(rule['firingNow'], 0),
      lastFiredMs: timeMs(rule['lastFired']),
      silenced: number(rule['silenced'], 0),
      acknowledged: number(rule['acknowledged'], 0),
      receivers: array(rule['receivers']).map((name) => string(name)),
      error: optionalString(rule['error']),
      noData: optionalString(rule['noData']),
      remarks: array(rule['remarks']).map((text) => string(text)),
    })),
  };
}

export interface RulePreview {
  /** What is wrong with the group as it is written; nothing is evaluated then. */
  readonly mistakes: readonly string[];
  /** Why the expression cannot be evaluated. */
  readonly error: string | undefined;
  /** The first of what the expression gives now. */
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: string }[];
  readonly samplesFound: number;
  /** Alerts that would begin now, with their templates filled in; empty for a recording rule. */
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>>; readonly value: string }[];
}

/** What a group's first rule gives at the moment; nothing is stored. */
export async function previewRule(access: Access, language: RuleLanguage, groupYaml: string, signal?: AbortSignal): Promise<RulePreview> {
  const answer = object(await postForm(access, 'api/platform/rules/preview', { language, group: groupYaml }, signal));
  const data = object(answer['data']);
  const texts = (value: unknown) => object(value) as Record<string, string>;
  return {
    mistakes: array(data['mistakes']).map((text) => string(text)),
    error: optionalString(data['error']),
    samples: array(data['samples']).map(object).map((sample) => ({ labels: texts(sample['labels']), value: string(sample['value']) })),
    samplesFound: number(data['samplesFound'], 0),
    alerts: array(data['alerts']).map(object).map((alert) => ({ labels: texts(alert['labels']), annotations: texts(alert['annotations']), value: string(alert['value']) })),
  };
}
