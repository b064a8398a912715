// The variables of a dashboard as a reader uses them; over the seeded dashboard that has every kind.

const WAIT_MS = 15_000;

export function variablePages() {
  return [
    { name: 'variables-several', path: 'd/every-variable', check: several },
    { name: 'variables-address', path: 'd/every-variable?var-job=worker-service&var-quantile=0.99&var-on=true&var-text=x%20y', check: address },
    { name: 'variables-filter', path: 'd/every-variable', check: filter },
    { name: 'variables-keyboard', path: 'd/every-variable', check: keyboard },
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
