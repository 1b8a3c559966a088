import { describe, expect, it } from 'vitest'
import { parsePlan, SLUG_PATTERN, uniqueSlug } from '#lib/domain/plan.ts'

describe('uniqueSlug', () => {
  it('makes a valid, unused slug of anything', () => {
    const taken = new Set<string>()
    const inputs = ['Index', 'index', '../x', 'x', '', '🎉', 'a'.repeat(300), 'a'.repeat(300), '<b>', 'ünïcödé', 'con']
    const slugs = inputs.map((text) => uniqueSlug(text, taken))
    expect(new Set(slugs).size).toBe(inputs.length)
    expect(slugs).not.toContain('index')
    for (const slug of slugs) expect(slug).toMatch(SLUG_PATTERN)
  })

  it('gives names in other scripts, and long ones, the same slug whatever stands before them', () => {
    const [long, other] = [`${'a/'.repeat(60)}one`, `${'a/'.repeat(60)}two`]
    for (const texts of [
      ['docs/安装', 'docs/配置', long, other],
      [other, 'docs/配置', long, 'docs/安装'],
    ]) {
      const taken = new Set<string>()
      const slugs = new Map(texts.map((text) => [text, uniqueSlug(text, taken)]))
      expect(texts.map((text) => slugs.get(text))).toEqual(texts.map((text) => uniqueSlug(text, new Set())))
    }
    expect(uniqueSlug('docs/安装', new Set())).toMatch(/^docs-[a-z0-9]{1,7}$/)
    expect(uniqueSlug('docs/Übersicht', new Set())).toBe('docs-ubersicht')
    expect(uniqueSlug('Größe — klein', new Set())).toMatch(/^gro-e-klein-/)
  })
})

describe('parsePlan', () => {
  it('gives null for anything that is not a whole plan', () => {
    expect(parsePlan(null)).toBeNull()
    expect(parsePlan('{"project_name":')).toBeNull()
    expect(parsePlan('{"project_name":"x","tagline":"","repo_type":"app","navigation":[]}')).toBeNull()
  })

  it('gives null for a plan of more than 200 pages', () => {
    const plan = (count: number) => {
      const page = { title: 'x', description: '', type: 'guide', kind: 'module' }
      const pages = Array.from({ length: count }, (_, n) => ({ ...page, slug: `p${n}` }))
      const navigation = [pages.slice(0, 150), pages.slice(150)].map((part) => ({ group: 'g', pages: part }))
      return JSON.stringify({ project_name: 'x', tagline: '', repo_type: 'app', navigation })
    }
    expect(parsePlan(plan(200))).not.toBeNull()
    expect(parsePlan(plan(201))).toBeNull()
  })
})
