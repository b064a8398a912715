// node build/step.mjs build|test: runs one step of the web application's build for Maven, unless its inputs are those of
// the last time that it succeeded. A stamp in target/ holds their digest.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const OPENAPI = join(root, '../../docs/openapi.yaml');
const MANIFESTS = ['package.json', 'package-lock.json', '.npmrc'];
const SOURCES = ['build', 'public', 'src', 'index.html', 'tsconfig.json', 'vite.config.ts', 'eslint.config.js'];

const STEPS = {
  build: { inputs: [...MANIFESTS, ...SOURCES], output: 'target/classes/io/ghostworks/ui/web/index.html', run: () => npm('run', 'build') },
  test: { inputs: [...MANIFESTS, ...SOURCES], output: 'target/counts/ui.txt', run: test },
};

const name = process.argv[2];
const step = Object.hasOwn(STEPS, name ?? '') ? STEPS[name] : undefined;
if (!step) {
  console.error(`step must be one of ${Object.keys(STEPS).join(', ')}, got ${name}`);
  process.exit(2);
}
checkNode();
unlessCurrent('dependencies', MANIFESTS, 'node_modules/.package-lock.json', () => npm('ci'));
unlessCurrent(name, step.inputs, step.output, step.run);

function unlessCurrent(label, inputs, output, work) {
  const stamp = join(root, 'target', `ui-${label}.stamp`);
  const digest = digestOf(inputs);
  if (existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
    return;
  }
  rmSync(stamp, { force: true });
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

/** Runs the tests and leaves `passed failed skipped` for the launcher's sum, also where some have failed. */
function test() {
  const report = join(root, 'target/vitest.xml');
  rmSync(report, { force: true });
  const result = run('test');
  if (existsSync(report)) {
    const suites = [...readFileSync(report, 'utf8').matchAll(/<testsuite .*?tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/g)];
    const sum = (group) => suites.reduce((total, match) => total + Number(match[group]), 0);
    const failed = sum(2) + sum(3);
    mkdirSync(join(root, 'target/counts'), { recursive: true });
    writeFileSync(join(root, 'target/counts/ui.txt'), `${sum(1) - failed - sum(4)} ${failed} ${sum(4)}\n`);
  }
  check(result, 'test');
}

/** Generated sources are left out: they follow from the OpenAPI description, which is an input. */
function digestOf(inputs) {
  const hash = createHash('sha256').update(process.version).update(readFileSync(OPENAPI));
  const add = (path) => {
    const entries = statEntries(path);
    if (entries) {
      entries.filter((entry) => entry !== 'generated').sort().forEach((entry) => add(join(path, entry)));
    } else {
      hash.update(path).update('\0').update(readFileSync(join(root, path)));
    }
  };
  inputs.forEach(add);
  return hash.digest('hex');
}

function statEntries(path) {
  try {
    return readdirSync(join(root, path));
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function npm(...args) {
  check(run(...args), ...args);
}

function run(...args) {
  return spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
}

function check(result, ...args) {
  if (result.error) {
    fail(`npm cannot be run: ${result.error.message}. It comes with Node 20.19 or later, https://nodejs.org`);
  }
  if (result.status !== 0) {
    fail(`npm ${args.join(' ')} failed in platform/ui:\n${result.stdout}${result.stderr}`);
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`the web application is built with Node 20.19 or later, found ${process.version}; get it from https://nodejs.org, or build without pages with -Dskip.ui`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
