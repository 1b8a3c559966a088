import { expect, it } from 'vitest'
import { changedFacts } from '#lib/domain/manifest.ts'
import { pageManifest } from '#lib/writers/page-manifest.ts'

const at = (start: number, path = 'src/auth.ts') => ({ path, start, end: start + 2 })

function page(change: { signature?: string; line?: number; summary?: string; second?: boolean } = {}) {
  const { signature = 'login(name)', line = 3, summary = 'Logs in.', second = false } = change
  const entries = [
    { name: 'login', signatures: [signature], summary, citation: at(line), members: [] },
    ...(second ? [{ name: 'logout', signatures: ['logout()'], summary: '', citation: at(line + 9), members: [] }] : []),
  ]
  return pageManifest({
    writer: 'w 1',
    kind: 'module',
    selected: { title: 'Auth', path: 'src', files: [{ path: 'src/auth.ts', header: '', entries }] },
  })
}

it('has the same fingerprint when facts only move, and tells where they stand', () => {
  expect(page({ line: 30 }).fingerprint).toBe(page().fingerprint)
  expect([page().places, page({ line: 30 }).places]).toEqual([[at(3)], [at(30)]])
})

it('names the facts that differ and what is different about them, the weightiest first', () => {
  const before = page()
  const after = page({ signature: 'login(name, code)', summary: 'Logs somebody in.', second: true })
  expect(after.fingerprint).not.toBe(before.fingerprint)
  expect(changedFacts(before.facts(), after.facts())).toEqual([
    { fact: 'src/auth.ts#login', change: 'signature, description changed' },
    { fact: 'src/auth.ts#logout', change: 'added' },
  ])
  expect(changedFacts(after.facts(), before.facts()).at(-1)).toEqual({ fact: 'src/auth.ts#logout', change: 'removed' })
})

it('is another one for another version of the writer, and for texts that only look alike when joined', () => {
  const of = (writer: string, selected: unknown) => pageManifest({ writer, kind: 'module', selected }).fingerprint
  expect(of('w 1', ['a'])).not.toBe(of('w 2', ['a']))
  expect(of('w 1', ['a', 'b'])).not.toBe(of('w 1', ['a,1:b']))
  expect(of('w 1', ['1'])).not.toBe(of('w 1', [1]))
})
