import { expect, it } from 'vitest'
import { siteMaker } from '#lib/site/make-files.ts'
import { siteModel } from '#lib/site/site-model.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

const model = siteModel(sampleSite(), '')
const slug = model.pages[0]?.page.slug ?? ''

/** Markup of a page that the maker is given as its first one. */
async function markupOf(markdown: string): Promise<string> {
  const [page] = await siteMaker(model).pages([{ slug, markdown }])
  return new TextDecoder().decode(page?.files[0]?.[1])
}

it.each(['```mermaid\n', '~~~~ \t Mermaid title="x"\n', '> - ``` mermaid {x}\n>   '])(
  'draws what %j opens',
  async (fence) => {
    const mark = /`{3}|~{4}/.exec(fence)?.[0]
    const prefix = fence.startsWith('>') ? '>   ' : ''
    const markup = await markupOf(`# T\n\n${fence}graph LR\n${prefix}a --> b\n${prefix}${mark}\n`)
    expect(markup).toContain('<img class="only-light"')
  },
)
