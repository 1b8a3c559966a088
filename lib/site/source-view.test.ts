import { expect, it } from 'vitest'
import { contentOf } from '#lib/domain/site.ts'
import { siteModel } from '#lib/site/site-model.ts'
import { sourceFiles } from '#lib/site/source-view.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

const model = siteModel(sampleSite({ checks: [], sources: new Map() }), '?v=00000000')

function shown(path: string, lines: string[], time = { leftMs: 5_000 }): string {
  const { files } = sourceFiles({ path, text: lines.join('\n') }, { citedBy: [], model, time })
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

/** Without a limit this takes five seconds of a processor that does nothing else, and a file may be four times as long. */
const HOSTILE = ['int main(void) { return 0; }', ...Array.from({ length: 64 }, () => '_'.repeat(1_990))]

it('shows a file without colours that would take too long to get them', () => {
  expect(shown('a.h', HOSTILE.slice(0, 1))).toContain('<i class=')
  const begun = performance.now()
  const page = shown('a.h', HOSTILE, { leftMs: 100 })
  expect(page).not.toContain('<i class=')
  expect(page).toContain('_'.repeat(1_990))
  expect(performance.now() - begun).toBeLessThan(10_000)
})

it('lets all files together take so long in vain, and then still colours those that take a moment', () => {
  const time = { leftMs: 250 }
  shown('a.h', HOSTILE, time)
  expect(time.leftMs).toBe(0)
  for (const path of ['b.h', 'c.h', 'd.h']) expect(shown(path, HOSTILE, time)).not.toContain('<i class=')
  expect(time.leftMs).toBe(-300)
  expect(shown('e.h', HOSTILE.slice(0, 1), time)).toContain('<i class=')
})
