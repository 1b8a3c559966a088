import { describe, expect, it } from 'vitest'
import { tokensOf } from '#lib/ai/token-count.ts'
import type { Plan } from '#lib/domain/plan.ts'
import { citedRanges, contextPack, estimatedTokens, maskedLines, type PackInput } from './context-pack.ts'

const page = { slug: 'doors', title: 'Doors', description: 'All doors.', type: 'guide', kind: 'overview' } as const
const rooms = { ...page, slug: 'rooms', title: 'Rooms', description: 'All rooms.' }
const plan: Plan = {
  project_name: 'House',
  tagline: 'Has doors.',
  repo_type: 'library',
  navigation: [{ group: 'Start', pages: [page, rooms] }],
}
const excerpt = (path: string, length: number) => ({
  range: { path, start: 3, end: 2 + length },
  lines: Array.from({ length }, (_, at) => `line ${at} of it`),
})

function pack(fields: Partial<PackInput> = {}) {
  const excerpts = [excerpt('a.ts', 2), excerpt('big.ts', 60), excerpt('b.ts', 2)]
  return contextPack({ plan, page, builtin: '# Doors\n', excerpts, budgetTokens: 300, ...fields })
}

describe('what a model is given', () => {
  it('is the project, the page, its neighbours, the page so far, and numbered lines', () => {
    const { prompt } = pack()
    const titles = [...prompt.matchAll(/^<<<data \w{16} (.+)$/gm)].map(([, title]) => title)
    expect(titles).toEqual([
      'project',
      'page to write',
      'other pages of this documentation',
      'the page so far',
      'a.ts:3-4',
      'b.ts:3-4',
    ])
    expect(prompt).toContain('- [Rooms](rooms.md): All rooms.')
    expect(prompt).not.toContain('](doors.md)')
    expect(prompt).toContain('\n3  line 0 of it\n4  line 1 of it\n')
  })

  it('stays within the budget: an excerpt that does not fit is left out, smaller ones behind it are not', () => {
    const { prompt, tokens, leftOut } = pack()
    expect(leftOut).toBe(1)
    expect(tokens).toBeLessThanOrEqual(300)
    expect(tokensOf(prompt)).toBeLessThanOrEqual(tokens)
    expect(pack({ budgetTokens: 3000 }).leftOut).toBe(0)
  })

  it('says so when the page alone is too long', () => {
    expect(pack({ builtin: `# Doors\n${'x '.repeat(1000)}` })).toMatchObject({ leftOut: 3, tokens: expect.any(Number) })
    expect(pack({ builtin: `# Doors\n${'x '.repeat(1000)}` }).tokens).toBeGreaterThan(300)
  })

  it('has a mark that changes with all that is fenced', () => {
    const markOf = (fields: Partial<PackInput>) => /<<<data (\w+)/.exec(pack(fields).prompt)?.[1]
    const others: Partial<PackInput>[] = [
      {},
      { builtin: '# Door\n' },
      { excerpts: [excerpt('a.ts', 1)] },
      { plan: { ...plan, tagline: 'Has walls.' } },
      { plan: { ...plan, project_name: 'Hut' } },
      { page: { ...page, description: 'Doors.' } },
      { page: { ...page, title: 'Door' } },
    ]
    expect(new Set(others.map(markOf)).size).toBe(others.length)
  })

  it('has every cited range once, cut to sixty lines', () => {
    const cited = '[a](source:a.ts#L1-L90) [b](source:b.ts#L2) [a](source:a.ts#L1-L90) [c](rooms.md)'
    expect(citedRanges(cited)).toEqual([
      { path: 'a.ts', start: 1, end: 60 },
      { path: 'b.ts', start: 2, end: 2 },
    ])
    expect(estimatedTokens(cited, 10_000)).toBeGreaterThan(60 * 20)
    expect(estimatedTokens(cited, 1000)).toBe(1000)
  })

  it('shows no private key and no token, and keeps the numbers of the lines', () => {
    const token = `ghp_${'q7W9'.repeat(9)}`
    const lines = [
      'a',
      '-----BEGIN RSA PRIVATE KEY-----',
      'Mq7W9'.repeat(12),
      '-----END RSA PRIVATE KEY-----',
      `t = ${token}`,
    ]
    expect(maskedLines(lines)).toEqual(['a', lines[1], '…', lines[3], 't = ghp_…'])
  })

  it('counts letters that are not ASCII as a token each', () => {
    expect(tokensOf('a'.repeat(32))).toBe(10)
    expect(tokensOf('門'.repeat(32))).toBe(32)
  })
})
