import { defineConfig } from '@playwright/test'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 }
const PHONE_SPEC = 'phone.spec.ts'

/** Every spec starts servers of its own (e2e/fixtures.ts), so there is no common one here. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Bounds, not expectations: these hold where five programs wait for each core.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking'],
    },
  },
  projects: [
    { name: 'desktop', testIgnore: PHONE_SPEC },
    { name: 'phone', testMatch: PHONE_SPEC, use: PHONE },
    {
      name: 'phone-dark',
      testMatch: PHONE_SPEC,
      grep: /generate, follow, open/,
      use: { ...PHONE, colorScheme: 'dark' },
    },
  ],
})
