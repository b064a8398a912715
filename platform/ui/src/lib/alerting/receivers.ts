import { Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { array, object, string, type Json } from '../json';
import { parsedConfiguration } from './routeTree';
import { YamlMistake } from './ruleYaml';

/** The kinds of integrations by the keys of a receiver. */
export const INTEGRATIONS = {
  webhook_configs: 'Webhook',
  email_configs: 'Mail',
  slack_configs: 'Slack',
  pagerduty_configs: 'PagerDuty',
  opsgenie_configs: 'Opsgenie',
  victorops_configs: 'VictorOps',
  pushover_configs: 'Pushover',
  sns_configs: 'Amazon SNS',
  wechat_configs: 'WeChat',
  telegram_configs: 'Telegram',
  discord_configs: 'Discord',
  webex_configs: 'Webex',
  msteams_configs: 'Microsoft Teams (connector)',
  msteamsv2_configs: 'Microsoft Teams (flow)',
  jira_configs: 'Jira',
  incidentio_configs: 'incident.io',
  rocketchat_configs: 'Rocket.Chat',
  mattermost_configs: 'Mattermost',
} as const;
export type IntegrationKey = keyof typeof INTEGRATIONS;

/** A field of a form: a path of keys joined by dots. */
export interface FormField {
  readonly path: string;
  readonly label: string;
  readonly secret?: boolean;
  readonly kind?: 'text' | 'boolean' | 'number';
  readonly placeholder?: string;
}

/** The integrations that have a form; the others are written as YAML. */
export const FORMS: Partial<Record<IntegrationKey, readonly FormField[]>> = {
  webhook_configs: [
    { path: 'url', label: 'URL', secret: true, placeholder: 'https://example.com/hook' },
    { path: 'send_resolved', label: 'Tell when alerts are over', kind: 'boolean' },
    { path: 'max_alerts', label: 'Alerts in a message at most', kind: 'number', placeholder: '0: all' },
  ],
  email_configs: [
    { path: 'to', label: 'To', placeholder: 'team@example.com' },
    { path: 'from', label: 'From', placeholder: 'as in “global”' },
    { path: 'smarthost', label: 'Mail server', placeholder: 'as in “global”, host:port' },
    { path: 'headers.Subject', label: 'Subject', placeholder: 'the default' },
    { path: 'auth_username', label: 'User name', placeholder: 'as in “global”' },
    { path: 'auth_password', label: 'Password', secret: true },
    { path: 'send_resolved', label: 'Tell when alerts are over', kind: 'boolean' },
  ],
  slack_configs: [
    { path: 'api_url', label: 'Webhook URL', secret: true, placeholder: 'as in “global”' },
    { path: 'channel', label: 'Channel', placeholder: '#alerts' },
    { path: 'title', label: 'Title', placeholder: 'the default' },
    { path: 'text', label: 'Text', placeholder: 'the default' },
    { path: 'send_resolved', label: 'Tell when alerts are over', kind: 'boolean' },
  ],
  pagerduty_configs: [
    { path: 'routing_key', label: 'Integration key (events v2)', secret: true },
    { path: 'severity', label: 'Severity', placeholder: 'error' },
    { path: 'description', label: 'Description', placeholder: 'the default' },
    { path: 'send_resolved', label: 'Tell when alerts are over', kind: 'boolean' },
  ],
};

/** What Alertmanager does where `send_resolved` is not written. */
export const SENDS_RESOLVED: Partial<Record<IntegrationKey, boolean>> = { webhook_configs: true, email_configs: false, slack_configs: false, pagerduty_configs: true };

export interface ReceiverIntegration {
  readonly key: IntegrationKey;
  readonly index: number;
  /** Values of the form's fields; '' where not written. */
  readonly values: Readonly<Record<string, string>>;
  /** Other keys that are written, which only the YAML shows. */
  readonly others: readonly string[];
}

export interface ReceiverView {
  readonly name: string;
  readonly integrations: readonly ReceiverIntegration[];
}

export function readReceivers(text: string): ReceiverView[] {
  const root = object(parsedConfiguration(text).toJS({ maxAliasCount: 100 }));
  return array(root['receivers']).map((value) => {
    const receiver = object(value);
    return {
      name: string(receiver['name']),
      integrations: (Object.keys(INTEGRATIONS) as IntegrationKey[]).flatMap((key) => array(receiver[key]).map((config, index) => integrationOf(key, index, object(config)))),
    };
  });
}

function integrationOf(key: IntegrationKey, index: number, config: Json): ReceiverIntegration {
  const fields = FORMS[key] ?? [];
  const heads = fields.map(({ path }) => path.split('.')[0]);
  return {
    key,
    index,
    values: Object.fromEntries(fields.map(({ path }) => [path, valueAt(config, path.split('.'))])),
    others: Object.keys(config).filter((name) => !heads.includes(name)),
  };
}

function valueAt(config: Json, path: readonly string[]): string {
  let value: unknown = config;
  for (const key of path) value = object(value)[key];
  return value === undefined || value === null ? '' : String(value);
}

/** Names of the time intervals that routes may use. */
export function readIntervals(text: string): string[] {
  const root = object(parsedConfiguration(text).toJS({ maxAliasCount: 100 }));
  return [...array(root['time_intervals']), ...array(root['mute_time_intervals'])].map((each) => string(object(each)['name']));
}

/** The text with another value of a field of an integration; '' takes the key away. */
export function setField(text: string, receiver: string, key: IntegrationKey, index: number, field: FormField, value: string): string {
  const document = parsedConfiguration(text);
  const configs = receiverAt(document, receiver).get(key);
  const config = isSeq(configs) ? configs.items[index] : undefined;
  if (!isMap(config)) {
    throw new YamlMistake('This integration is no longer there.');
  }
  // What was made empty is written in lines from now on.
  if (config.items.length === 0) config.flow = false;
  const path = field.path.split('.');
  if (value === '') {
    config.deleteIn(path);
  } else {
    config.setIn(path, field.kind === 'boolean' ? value === 'true' : field.kind === 'number' && /^\d+$/.test(value) ? Number(value) : value);
  }
  return document.toString({ lineWidth: 0 });
}

export function addReceiver(text: string, name: string): string {
  const document = parsedConfiguration(text);
  if (document.contents === null) document.contents = document.createNode({}) as unknown as typeof document.contents;
  receiversOf(document).add(document.createNode({ name }));
  return document.toString({ lineWidth: 0 });
}

export function removeReceiver(text: string, name: string): string {
  const document = parsedConfiguration(text);
  const receivers = receiversOf(document);
  receivers.delete(receivers.items.findIndex((item) => isMap(item) && item.get('name') === name));
  return document.toString({ lineWidth: 0 });
}

/** The text with another name of a receiver, also where routes name it. */
export function renameReceiver(text: string, name: string, next: string): string {
  const document = parsedConfiguration(text);
  receiverAt(document, name).set('name', next);
  const rename = (route: unknown) => {
    if (!isMap(route)) return;
    if (route.get('receiver') === name) route.set('receiver', next);
    const children = route.get('routes');
    if (isSeq(children)) children.items.forEach(rename);
  };
  rename(document.get('route'));
  return document.toString({ lineWidth: 0 });
}

export function addIntegration(text: string, receiver: string, key: IntegrationKey): string {
  const document = parsedConfiguration(text);
  const map = receiverAt(document, receiver);
  const configs = map.get(key);
  if (isSeq(configs)) configs.add(document.createNode({}));
  else map.set(key, document.createNode([{}]));
  return document.toString({ lineWidth: 0 });
}

export function removeIntegration(text: string, receiver: string, key: IntegrationKey, index: number): string {
  const document = parsedConfiguration(text);
  const map = receiverAt(document, receiver);
  const configs = map.get(key);
  if (isSeq(configs)) {
    configs.delete(index);
    if (configs.items.length === 0) map.delete(key);
  }
  return document.toString({ lineWidth: 0 });
}

/** A receiver as YAML of its own. */
export function receiverYaml(text: string, name: string): string {
  return new Document(receiverAt(parsedConfiguration(text), name)).toString({ lineWidth: 0 });
}

/** The text with a receiver as it is written anew; its comments come with it. */
export function setReceiverYaml(text: string, name: string, yaml: string): string {
  const own = parseDocument(yaml);
  const [mistake] = own.errors;
  if (mistake) {
    throw new YamlMistake(mistake.message);
  }
  if (!isMap(own.contents)) {
    throw new YamlMistake('A receiver is a mapping with a name and its integrations.');
  }
  const document = parsedConfiguration(text);
  const receivers = receiversOf(document);
  const index = receivers.items.findIndex((item) => isMap(item) && item.get('name') === name);
  receivers.set(index < 0 ? receivers.items.length : index, own.contents);
  return document.toString({ lineWidth: 0 });
}

function receiversOf(document: Document): YAMLSeq {
  const receivers = document.get('receivers');
  if (isSeq(receivers)) {
    return receivers;
  }
  const made = document.createNode([]) as YAMLSeq;
  document.set('receivers', made);
  return made;
}

function receiverAt(document: Document, name: string): YAMLMap {
  const found = receiversOf(document).items.find((item): item is YAMLMap => isMap(item) && item.get('name') === name);
  if (!found) {
    throw new YamlMistake(`There is no receiver “${name}” any more.`);
  }
  return found;
}

/** The templates that the configuration names. */
export function readTemplateNames(text: string): string[] {
  return array(object(parsedConfiguration(text).toJS({ maxAliasCount: 100 }))['templates']).map((name) => String(name));
}

/** The text that names a template file, or no longer does. */
export function setTemplateName(text: string, name: string, named: boolean): string {
  const document = parsedConfiguration(text);
  if (document.contents === null) document.contents = document.createNode({}) as unknown as typeof document.contents;
  const names = document.get('templates');
  const index = isSeq(names) ? names.items.findIndex((item) => isScalar(item) && item.value === name) : -1;
  if (named && index < 0) {
    if (isSeq(names)) names.add(name);
    else document.set('templates', document.createNode([name]));
  }
  if (!named && isSeq(names) && index >= 0) {
    names.delete(index);
    if (names.items.length === 0) document.delete('templates');
  }
  return document.toString({ lineWidth: 0 });
}
