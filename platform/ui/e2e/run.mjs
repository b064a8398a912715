// node e2e/run.mjs BASE_URL|fake OUT_DIR [--all] [--only=NAME,...]: walks every page in Chromium at 1440 and at 390 pixels, in light and dark
// colours, writes screenshots into OUT_DIR, and prints "N passed, M failed". It fails on messages of level error in the
// console, on requests that fail, on pages wider than the window, and where data are missing. With "fake" it starts a server
// with seeded answers, and walks once more over answers that attack the pages; --all walks every width in both colour schemes, --only=home,alerts only the pages named,
// --axe asks axe about every page too.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startFakeServer } from './fakeServer.mjs';
import { firstLoad, seriousFindings } from './quality.mjs';
import { HOSTILE_PAGES, hostileApi, traces } from './hostile.mjs';
import { pagesOf } from './pages.mjs';

const [target, outDir, ...flags] = process.argv.slice(2);
if (!target || !outDir) {
  console.error('usage: node e2e/run.mjs BASE_URL|fake OUT_DIR [--all] [--only=NAME,...] [--prefix] [--axe]');
  process.exit(2);
}
mkdirSync(outDir, { recursive: true });

const only = flags.find((flag) => flag.startsWith('--only='))?.slice('--only='.length).split(',');
const VISITS = flags.includes('--all')
  ? [[1440, 'light'], [390, 'light'], [1440, 'dark'], [390, 'dark']]
  : [[1440, 'light'], [390, 'dark']];
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const fake = target === 'fake' ? await startFakeServer(flags.includes('--prefix') ? '/ops/ghost' : '') : undefined;
// What a browser loads before the first page can be used.
const FIRST_LOAD_BYTES_MAX = 350_000;
const hostile = fake && (await startFakeServer('', hostileApi));
const baseUrl = fake ? fake.url : target.endsWith('/') ? target : `${target}/`;
const profile = mkdtempSync(join(tmpdir(), 'ghostworks-pages-'));
let passed = 0;
let failed = 0;
try {
  for (const [width, scheme] of VISITS) {
    const context = await chromium.launchPersistentContext(join(profile, `${width}-${scheme}`), {
      executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync) ?? 'chromium',
      args: ARGUMENTS,
      viewport: { width, height: width > 1000 ? 1000 : 844 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    });
    try {
      if (width > 1000 && scheme === 'light' && only === undefined) await weigh(context);
      await walk(context, width, scheme, baseUrl, () => pagesOf(baseUrl, width, fake !== undefined));
      if (hostile) await walk(context, width, scheme, hostile.url, () => HOSTILE_PAGES);
    } finally {
      await context.close();
    }
  }
} finally {
  await fake?.close();
  await hostile?.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** The first visit of a browser that has nothing of ours yet. */
async function weigh(context) {
  const bytes = await firstLoad(context, baseUrl);
  console.log(`first load: ${Math.round(bytes / 1000)} kB compressed`);
  if (bytes <= FIRST_LOAD_BYTES_MAX) {
    passed++;
  } else {
    failed++;
    console.log(`FAIL first load is ${bytes} bytes, more than ${FIRST_LOAD_BYTES_MAX}`);
  }
}

async function walk(context, width, scheme, base, listPages) {
  const page = await context.newPage();
  let troubles = [];
  page.on('console', (message) => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`page: ${error.message}`));
  page.on('requestfailed', (request) => request.failure()?.errorText !== 'net::ERR_ABORTED' && troubles.push(`request: ${request.url()} ${request.failure()?.errorText}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => /^https?:/.test(request.url()) && new URL(request.url()).origin !== new URL(base).origin && troubles.push(`request to another host: ${request.url()}`));
  page.on('response', (response) => response.status() >= 400 && troubles.push(`answer ${response.status()}: ${response.url()}`));
  let pages;
  try {
    pages = await listPages();
  } catch (error) {
    failed++;
    console.log(`FAIL ${width} ${scheme}: ${error.message}`);
    return;
  }
  for (const entry of pages.filter(({ name }) => only === undefined || only.includes(name))) {
    troubles = [];
    const label = `${width} ${scheme} ${entry.name}`;
    try {
      await page.goto(new URL(entry.path, base).href, { waitUntil: 'load' });
      await entry.check(page);
      troubles.push(...(await traces(page)));
      if (flags.includes('--axe') && base === baseUrl) troubles.push(...(await seriousFindings(page)));
      const tooWide = await overflow(page);
      if (tooWide) troubles.push(`wider than the window: ${tooWide}`);
    } catch (error) {
      troubles.push(String(error.message).split('\n')[0]);
    }
    await picture(page, join(outDir, `${entry.name}-${width}-${scheme}.png`));
    if (troubles.length === 0) {
      passed++;
    } else {
      failed++;
      console.log(`FAIL ${label}`);
      [...new Set(troubles)].forEach((trouble) => console.log(`     ${trouble}`));
    }
  }
}

/** The page in its whole height; the window grows first and charts get the time to follow. */
async function picture(page, path) {
  const window = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > window.height) {
    await page.setViewportSize({ width: window.width, height: Math.min(height, 6000) });
    await page.waitForTimeout(500);
  }
  await page.screenshot({ path });
  await page.setViewportSize(window);
}

/** The first element that reaches beyond the window's right edge while nothing around it scrolls. */
async function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    if (wide <= window.innerWidth) return '';
    const culprit = [...document.querySelectorAll('main *')].find((element) => element.getBoundingClientRect().right > window.innerWidth + 1);
    return `${wide} > ${window.innerWidth} px, ${culprit ? `${culprit.tagName.toLowerCase()}.${culprit.className}` : 'unknown element'}`;
  });
}
