import { describe, expect, it } from 'vitest';
import { addIntegration, addReceiver, FORMS, readIntervals, readReceivers, readTemplateNames, receiverYaml, removeIntegration, removeReceiver, renameReceiver, setField, setReceiverYaml, setTemplateName } from './receivers';
import { readRoutes } from './routeTree';

const TEXT = `route:
  receiver: team
  routes:
    - receiver: other
receivers:
  # ours
  - name: team
    slack_configs:
      - api_url: <secret> # of the channel
        channel: "#a"
        fields: []
    webhook_configs:
      - url: <secret>
        send_resolved: false
  - name: other
    discord_configs:
      - webhook_url: <secret>
time_intervals:
  - name: night
`;
const field = (key: 'slack_configs' | 'email_configs' | 'webhook_configs', path: string) => {
  const found = FORMS[key]?.find((each) => each.path === path);
  if (!found) throw new Error(`no field ${path}`);
  return found;
};

describe('receivers', () => {
  it('are read with what their forms show', () => {
    expect(readReceivers(TEXT).map(({ name, integrations }) => [name, integrations.map(({ key, index }) => `${key}[${index}]`)])).toEqual([
      ['team', ['webhook_configs[0]', 'slack_configs[0]']],
      ['other', ['discord_configs[0]']],
    ]);
    const [webhook, slack] = readReceivers(TEXT)[0]?.integrations ?? [];
    expect(webhook?.values).toEqual({ url: '<secret>', send_resolved: 'false', max_alerts: '' });
    expect(slack?.others).toEqual(['fields']);
    expect(readIntervals(TEXT)).toEqual(['night']);
  });

  it('keep comments and all else when a field changes', () => {
    expect(setField(TEXT, 'team', 'slack_configs', 0, field('slack_configs', 'channel'), '#b')).toBe(TEXT.replace('"#a"', '"#b"'));
    expect(setField(TEXT, 'team', 'webhook_configs', 0, field('webhook_configs', 'send_resolved'), 'true')).toBe(TEXT.replace('send_resolved: false', 'send_resolved: true'));
    expect(setField(TEXT, 'team', 'webhook_configs', 0, field('webhook_configs', 'send_resolved'), '')).toBe(TEXT.replace('\n        send_resolved: false', ''));
    expect(setField(TEXT, 'team', 'webhook_configs', 0, field('webhook_configs', 'max_alerts'), '5')).toContain('max_alerts: 5\n');
  });

  it('are added, renamed with their routes, and removed', () => {
    const renamed = renameReceiver(TEXT, 'other', 'new');
    expect(readRoutes(renamed)?.children[0]?.fields.receiver).toBe('new');
    expect(readReceivers(renamed).map(({ name }) => name)).toEqual(['team', 'new']);
    expect(readReceivers(addReceiver(TEXT, 'third')).map(({ name }) => name)).toEqual(['team', 'other', 'third']);
    expect(readReceivers(addReceiver('', 'first')).map(({ name }) => name)).toEqual(['first']);
    expect(readReceivers(removeReceiver(TEXT, 'team')).map(({ name }) => name)).toEqual(['other']);
  });

  it('take and lose integrations', () => {
    const mail = addIntegration(TEXT, 'other', 'email_configs');
    expect(setField(mail, 'other', 'email_configs', 0, field('email_configs', 'headers.Subject'), 'x')).toContain('headers:\n          Subject: x\n');
    expect(readReceivers(addIntegration(TEXT, 'team', 'slack_configs'))[0]?.integrations).toHaveLength(3);
    expect(removeIntegration(TEXT, 'other', 'discord_configs', 0)).not.toContain('discord');
  });

  it('are written as YAML', () => {
    expect(receiverYaml(TEXT, 'other')).toBe('name: other\ndiscord_configs:\n  - webhook_url: <secret>\n');
    expect(setReceiverYaml(TEXT, 'other', 'name: other\n# none yet\ntelegram_configs: []\n')).toContain('  - name: other\n    # none yet\n    telegram_configs: []\n');
    expect(() => setReceiverYaml(TEXT, 'other', '- x')).toThrow('A receiver is a mapping');
  });

  it('use templates that are named', () => {
    const named = setTemplateName(TEXT, 'a.tmpl', true);
    expect(readTemplateNames(named)).toEqual(['a.tmpl']);
    expect(setTemplateName(named, 'a.tmpl', true)).toBe(named);
    expect(setTemplateName(named, 'a.tmpl', false)).toBe(TEXT);
  });
});
