// The variables of a dashboard as a reader uses them, and its editing; over the seeded dashboard that has every kind.

const WAIT_MS = 15_000;

export function variablePages() {
  return [
    { name: 'variables-several', path: 'd/every-variable', check: several },
    { name: 'variables-address', path: 'd/every-variable?var-job=worker-service&var-quantile=0.99&var-on=true&var-text=x%20y', check: address },
    { name: 'variables-filter', path: 'd/every-variable', check: filter },
    { name: 'variables-keyboard', path: 'd/every-variable', check: keyboard },
    { name: 'dashboard-edit', path: 'd/every-variable?edit=on', check: edit },
    { name: 'dashboard-settings', path: 'd/every-variable?edit=on', check: settings },
    { name: 'panel-edit', path: 'd/every-variable?edit=on&editPanel=1', check: editPanel },
    { name: 'panel-edit-forms', path: 'd/every-variable?edit=on&editPanel=1', check: editPanelForms },
  ];
}

/** Takes one value away from all of them: what repeats for it goes. */
async function several(page) {
  await page.locator('[data-panel="Up of worker-service"]').waitFor({ timeout: WAIT_MS });
  await page.getByRole('button', { name: 'Job: All' }).click();
  await page.getByRole('option', { name: 'api-service' }).click();
  await page.keyboard.press('Escape');
  await page.waitForURL(/var-job=api-service/, { timeout: WAIT_MS });
  await page.locator('[data-panel="Up of worker-service"]').waitFor({ state: 'detached', timeout: WAIT_MS });
}

async function address(page) {
  await page.getByText('quantile=0.99 P99, switch=true, text=x y, hidden=kept, jobs=worker-service').waitFor({ timeout: WAIT_MS });
  await page.locator('[data-panel="Up of worker-service"]').waitFor({ timeout: WAIT_MS });
}

/** Adds a condition with completion of labels and values; it reaches the queries. */
async function filter(page) {
  await page.getByRole('button', { name: 'Add a filter to Filters' }).click();
  await page.getByRole('combobox', { name: 'Label' }).fill('endpoint');
  await page.keyboard.press('Tab');
  const asked = page.waitForRequest((request) => decodeURIComponent(request.url()).includes('endpoint="/search"'), { timeout: WAIT_MS });
  await page.getByRole('combobox', { name: 'Value' }).fill('/search');
  await page.getByRole('combobox', { name: 'Value' }).press('Enter');
  await page.waitForURL(/var-filters=endpoint/, { timeout: WAIT_MS });
  await asked;
}

async function keyboard(page) {
  const picker = page.getByRole('button', { name: /^Quantile:/ });
  await picker.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'P99' }).waitFor({ timeout: WAIT_MS });
  await page.keyboard.type('P99');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/var-quantile=0\.99/, { timeout: WAIT_MS });
}

/** Moves a panel by keyboard, takes that back, does it again and saves. */
async function edit(page) {
  const handle = page.getByRole('button', { name: /^Resize Requests/ });
  await handle.waitFor({ timeout: WAIT_MS });
  await handle.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByLabel('What has changed').fill('higher');
  const saved = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/dashboards/db'), { timeout: WAIT_MS });
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  const { dashboard, message } = (await saved).postDataJSON();
  if (message !== 'higher' || dashboard.panels[0].gridPos.h !== 8) throw new Error('what was saved is not what was edited');
  await page.waitForURL((url) => !url.searchParams.has('edit'), { timeout: WAIT_MS });
}

/** A copied variable offers the values of the first, a wrong name and a wrong address are refused; the forms stay open for the picture. */
async function settings(page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'Links' }).click();
  await dialog.getByRole('button', { name: 'Add link' }).click();
  await dialog.getByRole('tab', { name: 'Annotations' }).click();
  await dialog.getByRole('button', { name: 'Add annotation' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Deployments');
  await dialog.getByRole('tab', { name: 'Variables' }).click();
  await dialog.getByRole('button', { name: 'Copy job', exact: true }).click();
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await name.fill('not-a-name');
  if (await dialog.getByRole('button', { name: 'Apply' }).isEnabled()) throw new Error('a wrong name is taken over');
  await name.fill('job_2');
  await dialog.getByRole('group', { name: 'Offered values' }).getByText('worker-service').waitFor({ timeout: WAIT_MS });
  if (!(await dialog.getByRole('button', { name: 'Apply' }).isEnabled())) throw new Error('a right name is refused');
}

/** The preview follows the form. */
async function editPanel(page) {
  const dialog = page.getByRole('dialog');
  await dialog.locator('canvas').first().waitFor({ timeout: WAIT_MS });
  await dialog.getByRole('tab', { name: 'Panel' }).click();
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Renamed');
  await dialog.locator('[data-panel="Renamed"]').waitFor({ timeout: WAIT_MS });
}

/** Inputs of transformations, options, mappings and overrides are worked by keyboard and label, and the preview shows it. */
async function editPanelForms(page) {
  const dialog = page.getByRole('dialog');
  await dialog.locator('canvas').first().waitFor({ timeout: WAIT_MS });
  await dialog.getByRole('tab', { name: 'Values' }).click();
  await dialog.getByRole('button', { name: 'Add mapping' }).click();
  await dialog.getByRole('textbox', { name: 'Value of mapping 1' }).fill('1');
  await dialog.getByRole('textbox', { name: 'Text of mapping 1' }).fill('up');
  await dialog.getByRole('tab', { name: 'Options' }).click();
  await dialog.getByLabel('Axis label').fill('Answers');
  await dialog.getByRole('tab', { name: 'Transformations' }).click();
  await dialog.getByLabel('Add a transformation').fill('Organize');
  await page.getByRole('option', { name: 'Organize fields by name' }).click();
  await dialog.getByRole('checkbox', { name: 'Show the field Time' }).waitFor({ timeout: WAIT_MS });
  await dialog.getByRole('tab', { name: 'Overrides' }).click();
  await dialog.getByRole('button', { name: 'Add: fields of the type' }).click();
  await dialog.getByLabel('Add a property to override 1').fill('Name');
  await page.getByRole('option', { name: 'Name', exact: true }).click();
  await dialog.getByLabel('Name: override 1').fill('Renamed by an override');
  await dialog.getByText('Renamed by an override').first().waitFor({ timeout: WAIT_MS });
}
