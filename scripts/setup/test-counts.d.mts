export function countTests(reports: { vitestReport: string; playwrightReport: string }): {
  passed: number
  failed: number
}
