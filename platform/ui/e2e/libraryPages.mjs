// The list of dashboards, its folders, imports, and the versions of a dashboard; over seeded answers.

const WAIT_MS = 15_000;

export function libraryPages() {
  return [
    { name: 'dashboards-search', path: 'dashboards?query=golden', check: search },
    { name: 'dashboards-nothing', path: 'dashboards?query=no-such-dashboard', check: (page) => page.getByText('No dashboard is like that').waitFor({ timeout: WAIT_MS }) },
    { name: 'dashboards-folder', path: 'dashboards/f/backend', check: folder },
    { name: 'dashboards-provisioned', path: 'dashboards/f/demo', check: (page) => page.getByText('This folder comes from files').waitFor({ timeout: WAIT_MS }) },
    { name: 'dashboards-new', path: 'dashboards', check: newDashboard },
    { name: 'dashboards-delete', path: 'dashboards', check: remove },
    { name: 'import', path: 'dashboard/import', check: importFile },
    { name: 'import-conflict', path: 'dashboard/import', check: importConflict },
    { name: 'history', path: 'd/every-variable?history=on', check: history },
    { name: 'history-changes', path: 'd/every-variable?history=on&base=2&new=3', check: (page) => page.getByText('panels[0].fieldConfig.defaults.unit').waitFor({ timeout: WAIT_MS }) },
    { name: 'history-lines', path: 'd/every-variable?history=on&base=2&new=3&diff=lines', check: (page) => page.locator('.text-diff .diff-added').first().waitFor({ timeout: WAIT_MS }) },
    { name: 'history-json', path: 'd/every-variable?history=on&json=2', check: (page) => page.getByLabel('JSON of version 2').first().waitFor({ timeout: WAIT_MS }) },
  ];
}

async function search(page) {
  await page.locator('.dashboard-row').first().waitFor({ timeout: WAIT_MS });
  const titles = await page.locator('.dashboard-row-title').allTextContents();
  if (!titles.every((title) => /golden/i.test(title))) throw new Error(`found ${titles.join(', ')}`);
  await page.getByLabel('Search dashboards').fill('');
  await page.waitForURL((url) => !url.searchParams.has('query'), { timeout: WAIT_MS });
  await page.locator('.dashboard-row').nth(titles.length).waitFor({ timeout: WAIT_MS });
}

async function folder(page) {
  for (const name of ['Rename', 'Move', 'Delete']) await page.getByRole('button', { name, exact: true }).waitFor({ timeout: WAIT_MS });
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Title').fill('Back end');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached', timeout: WAIT_MS });
}

async function newDashboard(page) {
  await page.getByRole('button', { name: 'New dashboard' }).click();
  await page.getByRole('dialog').getByLabel('Title').fill('Mine');
  await page.getByRole('dialog').getByRole('button', { name: 'Create and edit' }).waitFor({ timeout: WAIT_MS });
}

/** What the server does not let be saved says so instead of offering it. */
async function remove(page) {
  await page.getByRole('button', { name: /^Menu of / }).first().click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText(/You may only read this dashboard|The dashboard goes with all its versions/).waitFor({ timeout: WAIT_MS });
}

async function history(page) {
  await page.getByText('Latency in seconds').waitFor({ timeout: WAIT_MS });
  await page.getByRole('button', { name: 'Changes of version 3' }).click();
  await page.waitForURL(/base=2&new=3/, { timeout: WAIT_MS });
  await page.getByText('From version 2 to version 3').waitFor({ timeout: WAIT_MS });
}

/** A shared dashboard asks for its data source, and says what of it is not shown. */
async function importFile(page) {
  const shared = {
    title: 'Shared',
    schemaVersion: 39,
    __inputs: [{ name: 'DS_PROM', label: 'Metrics of the team', type: 'datasource', pluginId: 'prometheus', value: '' }, { name: 'JOB', label: 'Job', type: 'constant', value: 'api' }],
    panels: [{ id: 1, type: 'somebodys-globe-panel', title: 'Globe', targets: [{ refId: 'A', datasource: { type: 'mysql', uid: 'x' }, rawSql: 'select 1' }] }],
  };
  await page.locator('input[type="file"]').setInputFiles({ name: 'shared.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(shared)) });
  await page.getByText('the type “somebodys-globe-panel” has no drawing here').waitFor({ timeout: WAIT_MS });
  await page.getByText('This query asks a data source of type “mysql”').first().waitFor({ timeout: WAIT_MS });
  if (await page.getByRole('button', { name: 'Import', exact: true }).isEnabled()) throw new Error('it can be imported without a data source');
  await page.getByRole('combobox', { name: 'Metrics of the team' }).click();
  await page.getByRole('option', { name: 'Prometheus' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('1 of 1 imported').waitFor({ timeout: WAIT_MS });
}

/** A uid that is taken is asked about. */
async function importConflict(page) {
  await page.getByLabel('Or paste JSON or YAML').fill('{"uid": "taken", "title": "Taken", "panels": [], "schemaVersion": 42}');
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByText('A dashboard with this uid is stored already.').waitFor({ timeout: WAIT_MS });
  if (await page.getByRole('button', { name: 'Import', exact: true }).isEnabled()) throw new Error('it can be imported over another without being asked');
  await page.getByLabel('Save over the dashboard that is stored').check();
  await page.getByRole('button', { name: 'Import and save over' }).waitFor({ timeout: WAIT_MS });
}
