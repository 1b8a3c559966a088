import { describe, expect, it } from 'vitest'
import { mergedSteering, steeringKey, styleOf } from '#lib/domain/steering.ts'
import { parseSteering } from './parse-steering.ts'
import { pathFilter } from './path-patterns.ts'

const WHOLE = `audience: Engineers who run harbours
tone: short and friendly
language: pt-BR
terms:
  - use: berth
    not: [parking place]
pages:
  - title: First ship
    page: Getting started
    about: What a harbour master does on the first day.
  - title: Storms
    sources: [src/storm.ts]
paths:
  include: [src, docs/]
  exclude: ["**/legacy"]
`

describe('docsfy.yml', () => {
  it('says who the documentation is for, in which words and language, with which pages, from which paths', () => {
    const { steering, notices } = parseSteering(WHOLE)
    expect(notices).toEqual([])
    expect(steering).toEqual({
      audience: 'Engineers who run harbours',
      tone: 'short and friendly',
      language: 'pt-BR',
      terms: [{ use: 'berth', not: ['parking place'] }],
      pages: [
        { title: 'First ship', page: 'Getting started', about: 'What a harbour master does on the first day.' },
        { title: 'Storms', sources: ['src/storm.ts'] },
      ],
      paths: { include: ['src', 'docs/'], exclude: ['**/legacy'] },
    })
    expect(styleOf({ paths: { include: [], exclude: [] } })).toBeNull()
  })

  it('loses what is wrong in it, is told so, and keeps the rest', () => {
    const { steering, notices } = parseSteering(
      'tone: calm\ntools: [shell]\nanthropic_api_key: x\nlanguage: "; DROP"\npages:\n  - titel: A\naudience: 3\n',
    )
    expect(steering).toEqual({ tone: 'calm' })
    expect(notices).toEqual([
      '"tools" is no setting; there are audience, tone, language, terms, pages, paths',
      '"anthropic_api_key" is no setting; there are audience, tone, language, terms, pages, paths',
      '"language" is left out, because of language: it has to be a language such as en, de or pt-BR',
      '"pages" is left out, because of pages.0.title: it has to be a text',
      '"audience" is left out, because of audience: it has to be a text',
    ])
  })

  it.each([
    ['', []],
    ['- a\n- b', ['it is not a list of settings by name']],
    ['tone: [', [expect.stringMatching(/^it is no YAML: /)]],
    ['a: &a [x]\nb: *a', ['it uses aliases, which are not followed']],
    ['tone: a\ntone: b', ['it has "tone" twice in one place']],
    [`tone: ${'x'.repeat(201)}`, ['"tone" is left out, because of tone: it may have 200 characters']],
    ['__proto__: {tone: x}', [expect.stringMatching(/^"__proto__" is no setting/)]],
    ['\0\uFFFD', [expect.any(String)]],
  ])('never ends a run, whatever it holds: %j', (source, notices) => {
    expect(parseSteering(source)).toEqual({ steering: {}, notices })
  })

  it.each([
    ['many keys', Array.from({ length: 9000 }, (_, at) => `k${at}:`).join('\n')],
    ['open brackets', `audience: ${'['.repeat(60_000)}`],
    ['brackets', `audience: ${'[]'.repeat(30_000)}`],
    ['levels', Array.from({ length: 340 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['a long name', `audience: *${'x'.repeat(60_000)}`],
  ])('is read in time that grows with its length, and told about in few words: %s', (_what, source) => {
    const startedMs = performance.now()
    const { steering, notices } = parseSteering(source)
    expect(performance.now() - startedMs).toBeLessThan(10_000)
    expect(steering).toEqual({})
    expect(notices.join('\n').length).toBeLessThan(2000)
  })

  it('gives way to the dashboard, wish by wish', () => {
    const both = mergedSteering({ tone: 'calm', language: 'de' }, { language: 'en' })
    expect(both).toEqual({ tone: 'calm', language: 'en' })
    expect(steeringKey({ tone: 'a', language: 'de' })).toBe(steeringKey({ language: 'de', tone: 'a' }))
    expect(steeringKey({})).toBe('')
  })
})

describe('paths', () => {
  const PATHS = ['a.ts', 'src/a.ts', 'src/legacy/b.ts', 'src/x/legacy/c.ts', 'docs/a.md', 'srcs/d.ts']
  it.each([
    [{ include: ['src'] }, ['src/a.ts', 'src/legacy/b.ts', 'src/x/legacy/c.ts']],
    [{ include: ['src/*.ts', './docs/'] }, ['src/a.ts', 'docs/a.md']],
    [{ include: ['src/**'], exclude: ['**/legacy'] }, ['src/a.ts']],
    [{ exclude: ['src', '**/*.md'] }, ['a.ts', 'srcs/d.ts']],
    [{ include: ['s*c*'] }, ['src/a.ts', 'src/legacy/b.ts', 'src/x/legacy/c.ts', 'srcs/d.ts']],
    [{ include: ['../src', '/etc/passwd'] }, []],
  ])('are in or out as %j says', (paths, left) => {
    expect(PATHS.filter(pathFilter({ include: [], exclude: [], ...paths }))).toEqual(left)
  })

  it('are decided in time that grows with their length, whatever the pattern', () => {
    const isIn = pathFilter({ include: [`${'*a'.repeat(90)}b`, `${'**/a/'.repeat(39)}b`], exclude: [] })
    const startedMs = performance.now()
    expect(isIn(Array.from({ length: 500 }, () => 'a'.repeat(200)).join('/'))).toBe(false)
    expect(isIn(Array.from({ length: 2000 }, () => 'a').join('/'))).toBe(false)
    expect(performance.now() - startedMs).toBeLessThan(5000)
  })
})
