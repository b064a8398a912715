// What every page of the walk is held to besides its content: accessibility, and the weight of the first visit.
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';

// Marks stand where their data are, which WCAG 2.5.8 excepts; the experimental rule of names compares words without regard to their order.
const PLACED_BY_DATA = '.plot-exemplar';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the page that is serious or worse, one line a rule with the first elements. */
export async function seriousFindings(page) {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async ([tags, placed]) => {
    const { violations: found } = await window.axe.run(document, { runOnly: tags, rules: { 'label-content-name-mismatch': { enabled: false } }, resultTypes: ['violations'] });
    return found.map((entry) => ({ ...entry, nodes: entry.id === 'target-size' ? entry.nodes.filter(({ target }) => !document.querySelector(target[0])?.matches(placed)) : entry.nodes })).filter(({ nodes }) => nodes.length > 0).filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, help, nodes }) => ({ id, help, count: nodes.length, first: nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${(node.any[0]?.message ?? node.all[0]?.message ?? '').slice(0, 160)}`) }));
  }, [RULES, PLACED_BY_DATA]);
  return violations.map(({ id, help, count, first }) => `axe ${id}: ${help}, ${count} times, as in ${first.join(' | ')}`);
}

/** Bytes of scripts and styles that the home page loads, as a server compresses them. */
export async function firstLoad(context, url) {
  const page = await context.newPage();
  const bodies = [];
  page.on('response', (response) => {
    if (/\.(js|css)$/.test(new URL(response.url()).pathname) && response.ok()) bodies.push(response.body());
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  await page.close();
  return bytes;
}
