import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

const routes = [
  '/jobs',
  '/events',
  '/stats',
  '/health',
  '/queues',
  '/workers',
  '/batches',
  '/policies',
  '/rules',
  '/state',
  '/lab',
  '/clock',
  '/openapi.json',
  '/ws',
];

export default defineConfig(({ mode }) => {
  const server = loadEnv(mode, '.', 'RETRYLAB_').RETRYLAB_URL ?? 'http://127.0.0.1:8000';
  return {
    base: '/ui/',
    plugins: [react()],
    build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    server: {
      host: '127.0.0.1',
      fs: { allow: ['.', '../examples'] },
      proxy: {
        // RetryLab answers to its own name only, and refuses what pages of others send.
        ...Object.fromEntries(
          routes.map((route) => [
            route,
            { target: server, changeOrigin: true, headers: { origin: server }, ws: route === '/ws' },
          ]),
        ),
      },
    },
    test: {
      environment: 'node',
      include: ['src/**/*.test.{ts,tsx}'],
      restoreMocks: true,
      testTimeout: 30_000,
    },
  };
});
