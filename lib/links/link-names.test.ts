import { describe, expect, it } from 'vitest'
import type { WrittenPage } from '#lib/domain/page.ts'
import { linkNames } from '#lib/links/link-names.ts'

function page(slug: string, markdown: string, type: WrittenPage['type'] = 'guide'): WrittenPage {
  const provenance = { provider: 'builtin', model: 'static', runId: 'r', commit: 'c' }
  return { slug, title: slug, description: '', type, markdown, provenance }
}

const reference = page('api', '# API\n\n## `open`\n\nCalls `open` and `close`.\n\n## `close`\n\nText.\n', 'reference')

function linked(markdown: string): string {
  return linkNames([reference, page('guide', markdown)])[1]?.markdown ?? ''
}

describe('linkNames', () => {
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

  it('does not take a member or parameter for another name', () => {
    const text = '| `Box` | Has `open` and `lid`. |\n| `shut` | Takes `open`. |'
    expect(linked(text)).toBe(text)
    expect(linked('| `Box` | Has `lid`. Not `open`. |')).toContain('[`open`](api.md#open)')
  })

  it('does not link a name explained in two places', () => {
    const twice = page('other', '## `open`\n\nx', 'reference')
    const guide = page('guide', '`open`')
    expect(linkNames([reference, twice, guide])[2]?.markdown).toBe('`open`')
  })
})
