import { describe, expect, it } from 'vitest'
import type { WrittenPage } from '#lib/domain/page.ts'
import { rememberedNames } from '#lib/links/link-memory.ts'
import { nameLinker } from '#lib/links/link-names.ts'

function page(slug: string, markdown: string, type: WrittenPage['type'] = 'guide'): WrittenPage {
  const provenance = { provider: 'builtin', model: 'static', runId: 'r', commit: 'c' }
  return { slug, title: slug, description: '', type, markdown, provenance }
}

const reference = page('api', '# API\n\n## `open`\n\nCalls `open` and `close`.\n\n## `close`\n\nText.\n', 'reference')

function linked(markdown: string): string {
  return linkNames([reference, page('guide', markdown)])[1]?.markdown ?? ''
}

const linkNames = (pages: WrittenPage[]) => pages.map(nameLinker(pages))

describe('names', () => {
  it('links the first mention in each section only', () => {
    expect(linked('Use `open` then `open()`.\n\n## More\n\n`open` again.')).toBe(
      'Use [`open`](api.md#open) then `open()`.\n\n## More\n\n[`open`](api.md#open) again.',
    )
  })

  it('leaves headings, code blocks and existing links alone', () => {
    const text = '## `open`\n\n```ts\nopen() // `open`\n```\n\n[`open`](x.md)\n\n    `open`'
    expect(linked(text)).toBe(text)
  })

  it('never links a section to itself but does link within the page', () => {
    expect(linkNames([reference])[0]?.markdown).toContain('Calls `open` and [`close`](#close).')
  })

  it('takes a type that languages bring along for that one', () => {
    const own = page('compat', '# compat\n\n## `str`\n\nText.\n', 'reference')
    const read = (markdown: string) => linkNames([own, page('guide', markdown)])[1]?.markdown
    const table = '| Parameter | Type |\n| --- | --- |\n| `to` | `str` |\n\n`to`: Returns `str`.'
    expect(read(table)).toBe(table)
    expect(read('Import `str` from here.')).toContain('[`str`](compat.md#str)')
  })

  it('does not take a member or parameter for another name', () => {
    const text = '| `Box` | Has `open` and `lid`. |\n| `shut` | Takes `open`. |'
    expect(linked(text)).toBe(text)
    expect(linked('| `Box` | Has `lid`. Not `open`. |')).toContain('[`open`](api.md#open)')
  })

  it('takes no parameter, column or package for another name, but what a row says of it', () => {
    const table = (head: string) => `| ${head} | Type |\n| --- | --- |\n| \`open\` | \`close\` |\n`
    expect(linked(table('Parameter'))).toBe(table('Parameter').replace('`close`', '[`close`](api.md#close)'))
    expect(linked(`${table('Package')}\n${table('Name')}`)).toContain('| [`open`](api.md#open) |')
    const flags = '| Flag | Type | Meaning |\n| --- | --- | --- |\n| `--at` | `open` | What `close` gets. |\n'
    expect(linked(flags)).toBe(flags.replace('`close`', '[`close`](api.md#close)'))
  })

  it('links a name explained in two places where a row tells the file, or the page explains one of them', () => {
    const entry = (slug: string, path: string) =>
      page(
        slug,
        `# P\n\n## \`Buffer\`\n\nDeclared at [${path}:3](source:${path}#L3).\n\n## More\n\nA \`Buffer\`.`,
        'reference',
      )
    const row = '| `Buffer` | Text. | [jvm/b.kt:3](source:jvm/b.kt#L3) |'
    const [common, , guide, other] = linkNames([
      entry('common', 'common/b.kt'),
      entry('jvm', 'jvm/b.kt'),
      page('guide', `A \`Buffer\` first.\n\n## Names\n\n${row}`),
      page('other', 'A `Buffer` | or two.'),
    ])
    expect(guide?.markdown).toBe(
      `A [\`Buffer\`](jvm.md#buffer) first.\n\n## Names\n\n${row.replace('`Buffer`', '[`Buffer`](jvm.md#buffer)')}`,
    )
    expect(common?.markdown).toContain('A [`Buffer`](#buffer).')
    expect(other?.markdown).toBe('A `Buffer` | or two.')
  })

  it('links what it remembers of a page to where another page explains it now', () => {
    const guide = page('guide', 'Use `open` or `shut`.')
    const first = rememberedNames(null)
    expect([reference, guide].map(nameLinker([reference, guide], first.namesOf))[1]?.markdown).toBe(
      'Use [`open`](api.md#open) or `shut`.',
    )
    const now = [page('api', '# API\n\n## Ways in\n\nText.\n\n### `shut`\n', 'reference'), guide]
    const second = rememberedNames(Buffer.concat(first.toRemember()))
    const remembered = now.map(nameLinker(now, second.namesOf))
    expect(remembered).toEqual(linkNames(now))
    expect(remembered[1]?.markdown).toBe('Use `open` or [`shut`](api.md#shut).')
    const third = rememberedNames(Buffer.concat(second.toRemember()))
    expect(now.map(nameLinker(now, third.namesOf))).toEqual(linkNames(now))
    expect(third.toRemember()).toEqual(second.toRemember())
  })

  it('does not link a name explained in two places', () => {
    const twice = page('other', '## `open`\n\nx', 'reference')
    const guide = page('guide', '`open`')
    expect(linkNames([reference, twice, guide])[2]?.markdown).toBe('`open`')
  })
})
