import { expect, it } from 'vitest'
import { contentOf } from '#lib/domain/site.ts'
import { siteModel } from '#lib/site/site-model.ts'
import { sourceFiles } from '#lib/site/source-view.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

const model = siteModel(sampleSite({ checks: [], sources: new Map() }), '?v=00000000')

function shown(path: string, lines: string[], limitMs?: number): string {
  const files = sourceFiles({ path, text: lines.join('\n') }, { citedBy: [], model, ...(limitMs && { limitMs }) })
  return files.map(([, content]) => contentOf(content)).join('')
}

it('colours a long file, and one with a line that is cut', () => {
  const lines = Array.from({ length: 8_000 }, (_, at) => `const name${at} = 'some text'`)
  expect(lines.join('\n').length).toBeGreaterThan(200_000)
  expect(shown('a.ts', lines).match(/<i class="\w">const<\/i>/g)?.length).toBeGreaterThanOrEqual(8_000)
  const cut = shown('a.ts', ['const a = 1', `const b = '${'x'.repeat(5_000)}'`])
  expect(cut).toContain('<i class=')
  expect(cut).toContain('xx …')
})

it('shows a file without colours that would take too long to get them', () => {
  expect(shown('a.h', ['int main(void) { return 0; }'], 10_000)).toContain('<i class=')
  const hostile = Array.from({ length: 64 }, () => '_'.repeat(1_990))
  const begun = performance.now()
  const page = shown('a.h', ['int main(void) { return 0; }', ...hostile], 100)
  expect(page).not.toContain('<i class=')
  expect(page).toContain('_'.repeat(1_990))
  // Without the limit it takes five seconds of a processor that does nothing else, and a file may be four times as long.
  expect(performance.now() - begun).toBeLessThan(10_000)
})
