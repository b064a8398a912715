import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Built straight into the class path folder of the jar. Assets are addressed relative to the document's base, so that
// the same files serve under any path prefix.
export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('./target/classes/io/ghostworks/ui/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The first versions that know light-dark() themselves.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    license: { fileName: 'licenses.txt' },
  },
  server: { proxy: devProxy() },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/vitest.xml' },
  },
});

/** `npm run dev` shows the data of the process at GHOSTWORKS_URL. */
function devProxy(): Record<string, string> {
  const target = process.env['GHOSTWORKS_URL'] ?? 'http://127.0.0.1:3000';
  return Object.fromEntries(['/api', '/prometheus', '/loki', '/tempo', '/alertmanager'].map((path) => [path, target]));
}
