import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { AnchorIds } from '#lib/domain/anchors.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { contentOf, type SiteFiles, type SiteInput } from '#lib/domain/site.ts'
import { renderSite, renderUpdate } from '#lib/site/render-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { checkLinks, siteTexts } from '#lib/testing/site-faults.ts'

const contents = (files: SiteFiles) => [...files].map(([path, file]) => [path, String(contentOf(file))] as const)
const text = (files: SiteFiles, path: string) => String(contentOf(files.get(path) ?? ''))

function withPages(pages: { slug: string; title?: string; markdown?: string }[], changes: Partial<SiteInput> = {}) {
  const base = sampleSite()
  const [sample] = base.pages as [WrittenPage]
  const written = pages.map(({ slug, title = slug, markdown = '# Title\n' }) => ({ ...sample, slug, title, markdown }))
  const entries = written.map(({ slug, title }) => ({
    slug,
    title,
    description: '',
    type: 'guide' as const,
    kind: 'module' as const,
  }))
  const plan = { ...base.plan, navigation: [{ group: 'All', pages: entries }] }
  return sampleSite({ plan, pages: written, checks: [], ...changes })
}

describe('renderSite', () => {
  it('gives the same bytes for the same input', async () => {
    const [first, second] = [await renderSite(sampleSite()), await renderSite(sampleSite())]
    expect(contents(second)).toEqual(contents(first))
  })

  it('warns of cited files that it shows without colours, on every run, and colours the others', {
    timeout: 60_000,
  }, async () => {
    const slow = Array.from({ length: 250 }, () => '_'.repeat(1_990)).join('\n')
    const input = sampleSite({
      sources: new Map([...['b.h', 'a.h'].map((path) => [path, slow] as const), ['c.h', 'int a;']]),
    })
    const update = { earlier: null, sourceIds: new Map(), readSources: async () => input.sources }
    const { files, rendered, warnings } = await renderUpdate(input, update)
    expect(warnings).toEqual([
      '2 cited files, such as a.h, would take too long to be coloured: they are shown without colours',
    ])
    expect([...files.keys()].filter((path) => path.startsWith('source/'))).toContain('source/a.h.html')
    expect(text(files, 'source/a.h.html')).not.toContain('<i class=')
    expect(text(files, 'source/c.h.html')).toContain('<i class=')
    expect(rendered.sources['source/a.h.html']).toBe('')
  })

  it('leaves no internal link, anchor, asset or source line that does not exist', async () => {
    expect(brokenLinks(await renderSite(sampleSite()))).toEqual([])
  })

  it('names the language of a text a model wrote, and says why a built-in page stands in', async () => {
    const base = sampleSite()
    const [first, second] = base.pages as [WrittenPage, WrittenPage]
    const asked = { ...first, provenance: { ...first.provenance, provider: 'ollama', model: 'm' } }
    const standing = { ...second, provenance: { ...second.provenance, standIn: 'it leaves out <b>1</b> block' } }
    const plan = { ...base.plan, style: { language: 'pt-BR' } }
    const files = await renderSite(sampleSite({ plan, pages: [asked, standing] }))
    expect(text(files, `${first.slug}.html`)).toContain('<html lang="pt-BR">')
    expect(text(files, `${first.slug}.html`)).not.toContain('stand-in')
    expect(text(files, `${first.slug}.html`)).toContain('<dd>ollama / m</dd>')
    expect(text(files, `${second.slug}.html`)).toContain('<dd>docsfy, without AI</dd>')
    expect(text(files, 'index.html')).toContain('<dd>ollama / m; docsfy, without AI</dd>')
    expect(text(files, `${second.slug}.html`)).toContain('<html lang="en">')
    expect(text(files, `${second.slug}.html`)).toContain('was not taken: it leaves out &lt;b&gt;1&lt;/b&gt; block')
    expect(text(files, 'index.html')).toContain('<html lang="pt-BR">')
    expect(text(files, `${first.slug}.html`)).not.toContain('dir="rtl"')
    const hebrew = { ...plan, style: { ...plan.style, language: 'he' } }
    const turned = await renderSite(sampleSite({ plan: hebrew, pages: [asked, standing] }))
    expect(text(turned, `${first.slug}.html`)).toContain('dir="rtl"')
    expect(text(turned, `${second.slug}.html`)).not.toContain('dir="rtl"')
  })

  it('breaks a long path where people would and a flag nowhere, and names files of its own folder without it', async () => {
    const path = 'src/very/long/path/of/a-file.ts'
    const rows = `| \`${path}\` | \`src/very/a.ts\` |\n| \`lib/a.ts\` | \`--dry-run\` |\n| \`A_NAME_THAT_TAKES_MOST_OF_A_LINE\` | |`
    const markdown = `# src/very\n\n| File | Use |\n|---|---|\n${rows}\n\nIn \`${path}\`.\n`
    const page = text(await renderSite(withPages([{ slug: 'one', markdown }])), 'one.html')
    expect(page).toContain('<code>long/path/of/a-file.ts</code></a></td>')
    expect(page).toContain('id="r.srcverylongpathofa-filets"')
    expect(page).toContain('<td><code>src/very/a.ts</code></td>')
    expect(page).toContain('<code>lib/a.ts</code></a></td>')
    expect(page).toContain('<code>A_<wbr>NAME_<wbr>THAT_<wbr>TAKES_<wbr>MOST_<wbr>OF_<wbr>A_<wbr>LINE</code>')
    expect(page).toContain('<td><code class="flag">--dry-run</code></td>')
    expect(page).toContain('In <code>src/<wbr>very/<wbr>long/<wbr>path/<wbr>of/<wbr>a-file.ts</code>.')
  })

  it('gives rows that begin with a name an address, and cells the name of their column', async () => {
    const markdown = [
      '| Method | Path | Uses | Meaning |\n|---|---|---|---|\n| GET | `/a` | `f` | First |\n| GET | [`/a`](two.md) | | |\n',
      '| Parameter | Type |\n|---|---|\n| `port` | `number` |\n',
      '| Member | Meaning |\n|---|---|\n| `readonly port?: number` | |\n| `"a-b": { c: D }` | |\n| `int size` | |\n',
      `| Name |\n|---|\n| [\`entry\`](#entry) |\n| \`${'long_'.repeat(40)}\` |\n`,
      '## `entry`',
    ].join('\n')
    const page = text(await renderSite(withPages([{ slug: 'one', markdown }])), 'one.html')
    expect(page).toContain(
      '<tr id="r.get-a"><td>GET</td><td data-label="Path"><a class="row-name" href="#r.get-a"><code>/a</code></a></td><td data-label="Uses"><code>f</code></td><td>First</td></tr>',
    )
    expect(page).toContain(
      '<tr id="r.get-a-1"><td>GET</td><td data-label="Path"><code>/a</code></td><td></td><td></td></tr>',
    )
    expect(page).toContain('<tr><td><code>port</code></td>')
    for (const name of ['port', 'a-b', 'int-size', 'long_'.repeat(16)])
      expect(page).toContain(`<tr id="r.${name}"><td><a class="row-name" href="#r.${name}">`)
    expect(page).toContain('<tr><td><a href="#entry"><code>entry</code></a></td>')
  })

  it('keeps links whole for slugs and paths of every kind', async () => {
    const strange = [
      'index',
      'con',
      '../x',
      'a/b',
      'Readme',
      'readme',
      '404',
      '日本',
      '‮evil',
      '<b>',
      'x'.repeat(300),
      'search',
      'a.b',
      '',
    ]
    const markdown = strange.map(
      (path, n) => `[s${n}](source:${encodeURIComponent(path || 'z')}#L1) [p](${encodeURIComponent(path)}.md)`,
    )
    const sources = new Map(strange.map((path) => [path || 'z', 'one\ntwo\n']))
    const files = await renderSite(
      withPages(
        strange.map((slug) => ({ slug, markdown: markdown.join('\n') })),
        { sources },
      ),
    )
    const paths = [...files.keys()]
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length)
    expect(paths.filter((path) => path.includes('..') || path.startsWith('/') || path.length > 200)).toEqual([])
    expect(paths.filter((path) => path.endsWith('.md'))).toHaveLength(strange.length)
    expect(paths.filter((path) => path.startsWith('source/'))).toHaveLength(sources.size)
    expect(text(files, 'index.html')).toContain('class="home"')
    expect(brokenLinks(files)).toEqual([])
  })

  it('never lets the page of a file stand where another file needs a folder', async () => {
    const sources = new Map(['a', 'a.html/b', 'A', 'a.html'].map((path) => [path, '1']))
    const paths = [...(await renderSite(sampleSite({ sources }))).keys()].filter((path) => path.startsWith('source/'))
    expect(paths).toHaveLength(4)
    for (const path of paths) expect(paths.filter((other) => other.startsWith(`${path}/`))).toEqual([])
  })

  it('gives headings the ids of AnchorIds on their plain text', async () => {
    const headings = [
      'One & two',
      '`code()` *em* [link](x.md)',
      'Twice',
      'Twice',
      'Ünï &amp; ©',
      '!!!',
      'a <b>tag</b> b',
    ]
    const files = await renderSite(
      withPages([{ slug: 'p', markdown: headings.map((line) => `## ${line}\n`).join('\n') }]),
    )
    const ids = [...text(files, 'p.html').matchAll(/<h2 id="([^"]*)"/g)].map((match) => match[1])
    const anchors = new AnchorIds()
    const plain = ['One & two', 'code() em link', 'Twice', 'Twice', 'Ünï & ©', '!!!', 'a tag b']
    expect(ids).toEqual(plain.map((line) => anchors.next(line)))
  })

  it('turns a citation into a quiet link to the lines, and in the Markdown into a link to the forge', async () => {
    const files = await renderSite(sampleSite())
    expect(text(files, 'getting-started.html')).toContain(
      '<a class="cite" href="source/src/server/create-server.ts.html#L8-L13">create-server.ts:8–13</a>',
    )
    expect(text(files, 'getting-started.md')).toContain(
      '/blob/3ef35b2c9d1e4f5a6b7c8d9e0f1a2b3c4d5e6f70/src/server/create-server.ts#L8-L13)',
    )
    const local = await renderSite(sampleSite({ forgeBase: null }))
    expect(text(local, 'getting-started.md')).toContain('](source/src/server/create-server.ts.html#L8-L13)')
    expect(text(local, 'getting-started.md')).toContain('](server-reference.md#createserver)')
  })

  it('draws diagrams as pictures for both themes and shows the source of one it cannot draw', async () => {
    const files = await renderSite(sampleSite())
    const pictures = [...files.keys()].filter((path) => path.endsWith('.svg') && path.includes('diagram'))
    expect(pictures).toHaveLength(4)
    for (const path of pictures)
      expect(text(files, path)).not.toMatch(/<style|style=|https?:\/\/(?!www\.w3\.org)|var\(/)
    expect(text(files, 'getting-started.html')).toContain('<li>Browser → src/server (GET /notes)</li>')
    expect(text(files, 'architecture.html')).toContain('This diagram is not drawn')
  })

  it('says when llms.txt had to be cut', async () => {
    const many = Array.from({ length: 900 }, (_, n) => ({ slug: `page-${n}`, title: `${n} ${'word '.repeat(22)}` }))
    const index = text(await renderSite(withPages(many)), 'llms.txt')
    expect(index.length).toBeLessThanOrEqual(100_000)
    expect(index).toMatch(/Cut at 100000 characters: \d+ more pages/)
  })

  it('shows text that is nested absurdly deep as it is written', async () => {
    const files = await renderSite(withPages([{ slug: 'deep', markdown: '> '.repeat(1500) }]))
    expect(text(files, 'deep.html')).toContain('<pre class="plain"><code>&gt; &gt; &gt; ')
  })

  it('joins its scripts into code that parses', async () => {
    const files = await renderSite(sampleSite())
    for (const path of ['assets/site.js', 'assets/search.js', 'assets/theme.js', 'search/index.js'])
      expect(() => new Script(text(files, path))).not.toThrow()
  })

  it('lists what the repository does not bear out', async () => {
    const page = text(await renderSite(sampleSite()), 'architecture.html')
    expect(page).toContain('0 of 1 citation resolves')
    expect(page).toContain('the file has 3 lines at this commit')
  })
})

function brokenLinks(files: SiteFiles): string[] {
  return checkLinks(siteTexts(files)).broken
}
