import type { components } from './generated/platform';
import { getJson, sendJson, sendText, type Access } from './http';

type Schemas = components['schemas'];
export type AlertmanagerConfiguration = Schemas['AlertmanagerConfiguration'];
export type CheckedConfiguration = Schemas['CheckedAlertmanagerConfiguration'];
export type ConfigurationVersion = Schemas['AlertmanagerConfigurations']['versions'][number];
export type TestResult = Schemas['NotificationTestResult'];
export type TriedIntegration = Schemas['TriedIntegration'];
export type RenderedTemplate = Schemas['RenderedTemplate'];
export type PreviewedPayloads = Schemas['PreviewedPayloads'];

/** A configuration as it is edited: an alertmanager.yml, and the templates that it names. */
export interface EditedConfiguration {
  readonly configuration: string;
  readonly templateFiles: Readonly<Record<string, string>>;
}

const PATH = 'api/platform/alerts/configuration';

/** What holds for the tenant, without secrets. */
export async function alertmanagerConfiguration(access: Access, signal?: AbortSignal): Promise<AlertmanagerConfiguration> {
  return (await getJson(access, PATH, { signal })) as AlertmanagerConfiguration;
}

/** What is wrong with an edited configuration, and who would be told by it. */
export async function checkConfiguration(access: Access, edited: EditedConfiguration, signal?: AbortSignal): Promise<CheckedConfiguration> {
  return (await sendJson(access, 'POST', `${PATH}/check`, edited, { signal })) as CheckedConfiguration;
}

/** Lets an edited configuration hold; refused where another than the given version holds by now. */
export async function saveConfiguration(access: Access, edited: EditedConfiguration, version: number): Promise<void> {
  await sendJson(access, 'POST', PATH, { ...edited, version });
}

/** From then on nobody is told. */
export async function deleteConfiguration(access: Access): Promise<void> {
  await sendText(access, 'DELETE', 'api/v1/alerts');
}

/** Newest first. */
export async function configurationVersions(access: Access, signal?: AbortSignal): Promise<readonly ConfigurationVersion[]> {
  return ((await getJson(access, 'api/platform/alerts/configurations', { signal })) as Schemas['AlertmanagerConfigurations']).versions;
}

export async function restoreConfiguration(access: Access, version: number): Promise<void> {
  await sendText(access, 'POST', 'api/platform/alerts/configurations/restore', undefined, { parameters: { version } });
}

/** Of what a test or a preview tells: a sample, or the alerts that are known and fulfil all matchers. */
export type ToldAlerts = { readonly kind: 'sample' } | { readonly kind: 'current'; readonly matchers: readonly string[] };

function alertsOf(alerts: ToldAlerts): object {
  return alerts.kind === 'sample' ? {} : { currentAlerts: alerts.matchers };
}

/** Sends a notification for a test by all integrations of a receiver; `edited` in the place of what holds. */
export async function testReceiver(access: Access, receiver: string, alerts: ToldAlerts, edited?: EditedConfiguration): Promise<TestResult> {
  return (await sendJson(access, 'POST', 'api/platform/notifications/test', { receiver, ...alertsOf(alerts), ...edited })) as TestResult;
}

/** What each integration of a receiver that tells its service over HTTP would send. */
export async function previewReceiver(access: Access, receiver: string, alerts: ToldAlerts, edited?: EditedConfiguration, signal?: AbortSignal): Promise<PreviewedPayloads> {
  return (await sendJson(access, 'POST', 'api/platform/notifications/preview', { receiver, ...alertsOf(alerts), ...edited }, { signal })) as PreviewedPayloads;
}

/** What a template writes, or where it fails. */
export async function previewTemplate(access: Access, template: string, definitions: Readonly<Record<string, string>>, html: boolean, alerts: ToldAlerts, signal?: AbortSignal): Promise<RenderedTemplate> {
  return (await sendJson(access, 'POST', 'api/platform/notifications/preview', { template, definitions, html, ...alertsOf(alerts) }, { signal })) as RenderedTemplate;
}
