import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,db,cli,app,scripts}/**/*.test.{ts,tsx}'],
    // Bounds, not expectations: these hold where five programs wait for each core.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    maxWorkers: '100%',
  },
})
