import { describe, expect, it } from 'vitest'
import type { WrittenPage } from '#lib/domain/page.ts'
import { contentOf, type SiteFiles } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

/** Every block that Markdown can hold, each on a page of its own. */
const BLOCKS: Record<string, string> = {
  text: 'Words, `code`, *more*.\n\n- [a](b.md)\n\n> Quoted.\n\n| A | B | C |\n|---|--:|---|\n| `a` | 1 | c |\n\n```ts\nlet a\n```\n',
  callout: '> [!NOTE]\n> Text.\n',
  titled: '::: warning Title\nText.\n:::\n',
  fold: '::: details More\nText.\n:::\n',
  tabs: '::: tabs\n== A\nText.\n== B\nText.\n:::\n',
  group: '::: code-group\n```ts [a]\nlet a\n```\n```js [b]\nlet b\n```\n:::\n',
  footnote: 'Text[^1].\n\n[^1]: Note.\n',
  task: '- [x] Done\n- [ ] To do\n',
  unverified: 'A claim. *(unverified)*\n',
  title: '```ts title="a.ts"\nlet a\n```\n',
  marked: '```ts {1}\nlet a\n```\n',
  numbered: '```ts numbers\nlet a\n```\n',
  difference: '```diff\n+ a\n- b\n```\n',
  diagram: '```mermaid\nflowchart LR\n  a --> b\n```\n',
  undrawn: '```mermaid\nnothing that is drawn\n```\n',
  picture: '![A](docs/a.png)\n',
  within: 'Text ![A](docs/a.png) around.\n',
}

describe('style sheets of a page', () => {
  it('hold the rules for everything on it, and no page but those with such blocks loads the rules of others', async () => {
    const files = await renderSite(siteOfBlocks())
    for (const name of [...Object.keys(BLOCKS), 'index']) {
      const page = text(files, `${name}.html`)
      const sheets = Array.from(page.matchAll(/<link rel="stylesheet" href="([^"?]+)/g), ([, path = '']) => path)
      const loaded = classesOf(files, sheets)
      const used = new Set(Array.from(page.matchAll(/class="([^"]+)"/g), ([, names = '']) => names.split(' ')).flat())
      const styled = [...used].filter((one) => everyClass(files).has(one))
      expect(
        styled.filter((one) => !loaded.has(one)),
        name,
      ).toEqual([])
      for (const own of sheets.filter((path) => path !== 'assets/site.css'))
        expect(
          styled.filter((one) => classesOf(files, [own]).has(one)),
          `${name}: ${own}`,
        ).not.toEqual([])
    }
    expect(text(files, 'text.html').match(/rel="stylesheet"/g)).toHaveLength(1)
  })
})

function siteOfBlocks() {
  const base = sampleSite()
  const [sample] = base.pages as [WrittenPage]
  const pages = Object.entries(BLOCKS).map(([slug, markdown]) => {
    return { ...sample, slug, title: slug, markdown: `# ${slug}\n\n${markdown}` }
  })
  const entries = pages.map(({ slug }) => {
    return { slug, title: slug, description: '', type: 'guide' as const, kind: 'module' as const }
  })
  const plan = { ...base.plan, navigation: [{ group: 'All', pages: entries }] }
  const image = { oid: 'a', file: 'images/a.png', width: 2, height: 2, bytes: 0, content: Buffer.from('') }
  return sampleSite({ plan, pages, checks: [], images: new Map([['docs/a.png', image]]) })
}

function everyClass(files: SiteFiles): Set<string> {
  const sheets = [...files.keys()].filter((path) => path.endsWith('.css') && !/single|dialogs/.test(path))
  return classesOf(files, sheets)
}

/** Classes that some rule of these sheets is about; what a rule only excludes or looks for beside counts too. */
function classesOf(files: SiteFiles, sheets: string[]): Set<string> {
  const rules = sheets.map((path) => text(files, path)).join('\n')
  return new Set(Array.from(rules.matchAll(/\.([a-z][\w-]*)(?=[^;{}]*\{)/g), ([, name = '']) => name))
}

function text(files: SiteFiles, path: string): string {
  return String(contentOf(files.get(path) ?? ''))
}
