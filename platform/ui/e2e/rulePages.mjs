// The pages about rules, receivers and templates: what must be seen there, over seeded answers.

const WAIT_MS = 15_000;
const RULE = 'language=promql&file=team&group=team-api';

export function rulePages() {
  return [
    { name: 'rules', path: 'alerting/rules', check: (page) => seeAll(page, ['HighErrorRate', '2 missed', '1 rule fails']) },
    { name: 'rules-filtered', path: 'alerting/rules?search=severity%3Dnobody', check: (page) => see(page, 'No rule is like that') },
    { name: 'rules-many', path: 'alerting/rules?tenant=many&refresh=off', check: manyRules },
    { name: 'rule', path: `alerting/rules/view?${RULE}&name=SlowAnswers&index=0`, check: (page) => seeAll(page, ['State history', 'Dependencies', 'Versions of the group', '60 times while the program did not run']) },
    { name: 'rule-recording', path: `alerting/rules/view?${RULE}&name=${encodeURIComponent('job:http_requests:rate5m')}&index=1`, check: (page) => seeAll(page, ['Recorded series', 'http_requests_total']) },
    { name: 'rule-gone', path: `alerting/rules/view?${RULE}&name=Gone&index=9`, check: (page) => see(page, 'has no rule “Gone” any more') },
    { name: 'rule-new', path: `alerting/new?title=High%20error%20rate&dashboard=d&panel=3&expr=${encodeURIComponent('up > 0')}`, check: newRule },
    { name: 'rule-edit', path: 'alerting/rules/edit?language=promql&namespace=team&group=team-api&index=0', check: (page) => seeAll(page, ['Edit SlowAnswers', 'What would fire now', '2 alerts would be pending']) },
    { name: 'rules-import', path: 'alerting/rules/import', check: importRules },
    { name: 'rules-export', path: 'alerting/rules/export', check: (page) => seeAll(page, ['Download rules.yml', 'SlowAnswers']) },
    { name: 'backtest', path: 'alerting/backtest?expr=up&alert=Up&run=on&from=now-1h&to=now', check: (page) => seeAll(page, ['It would have fired 3 times', '1 flap']) },
    { name: 'review', path: 'alerting/review', check: (page) => seeAll(page, ['SlowAnswers', 'tells nobody']) },
    { name: 'lint', path: 'alerting/lint', check: (page) => seeAll(page, ['quantile-without-le', 'As it should be']) },
    { name: 'receivers', path: 'alerting/receivers', check: receivers },
    { name: 'routes', path: 'alerting/receivers?view=routes', check: routes },
    { name: 'alertmanager-yml', path: 'alerting/receivers?view=text', check: (page) => see(page, '# who is told') },
    { name: 'configuration-versions', path: 'alerting/receivers?view=versions', check: (page) => see(page, 'Version 2, set') },
    { name: 'templates', path: 'alerting/templates?file=team.tmpl', check: (page) => see(page, 'TestAlert: Notification test') },
  ];
}

async function see(page, text) {
  await page.getByText(text).first().waitFor({ timeout: WAIT_MS });
}

async function seeAll(page, texts) {
  for (const text of texts) await see(page, text);
}

/** 14,758 rules are there, few lines are drawn, and what is typed is found within a second. */
async function manyRules(page) {
  await see(page, '14,758 rules in 3,402 groups');
  const drawn = await page.locator('.rule-row').count();
  if (drawn > 80) throw new Error(`${drawn} lines are drawn`);
  const started = Date.now();
  await page.getByLabel('Search in the rules').fill('metric_3377_2');
  await see(page, 'Alert3377x2');
  const tookMs = Date.now() - started;
  if (tookMs > 1000) throw new Error(`a search in 14,758 rules took ${tookMs} ms`);
}

async function newRule(page) {
  await see(page, 'What would fire now');
  const name = await page.getByLabel('Name of the alert').inputValue();
  if (name !== 'HighErrorRate') throw new Error(`the alert is named ${name}`);
  await seeAll(page, ['2 alerts would be pending', 'Choose or name a namespace.']);
}

async function importRules(page) {
  await page.getByLabel('Rules to import').click();
  await page.keyboard.insertText('kind: PrometheusRule\nmetadata: {name: r, namespace: n}\nspec: {groups: [{name: g, rules: [{record: a, expr: b}]}]}\n');
  await seeAll(page, ['n/r', 'is new', 'Store 1 group']);
}

async function receivers(page) {
  await seeAll(page, ['team', 'PagerDuty', 'Telegram']);
  await page.getByRole('button', { name: 'Test', exact: true }).first().click();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await see(page, 'delivered');
  await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
  await see(page, 'Stored, and not shown');
}

async function routes(page) {
  await see(page, 'not within nights');
  await page.getByRole('button', { name: 'Move down' }).first().waitFor({ state: 'detached', timeout: WAIT_MS });
  await page.getByRole('button', { name: 'Add child' }).first().click();
  await page.getByRole('button', { name: 'Check and preview' }).click();
  await see(page, '1 would go elsewhere');
}
