import { tests } from 'commonmark-spec'
import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '#lib/site/markdown.ts'
import { attribute, canonical, type Element, type Fate, textOf } from '#lib/testing/markup-tree.ts'

type Example = (typeof tests)[number]
const EXAMPLES = tests.map((example) => ({
  ...example,
  markdown: example.markdown.replaceAll('→', '\t'),
  html: example.html.replaceAll('→', '\t'),
}))

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)
/** Why a site shows something else than the specification says, and which of its examples that changes. */
const DIFFERENCES: { reason: string; examples: number[] }[] = [
  {
    reason: 'safety: raw HTML is text, but for bare tags that cannot do anything; comments are left out',
    examples: [
      ...[21, 31, ...range(148, 167), ...range(169, 191), 201, 308, 309, 344, ...range(475, 477), 491, 494, 524, 536],
      ...[...range(613, 617), 623, ...range(625, 631), 642, 643],
    ],
  },
  {
    reason: 'GitHub: an address in plain text is a link there, and here',
    examples: [602, 608, 611, 612],
  },
]

describe('the examples of the CommonMark specification', () => {
  const allowed = new Set(DIFFERENCES.flatMap(({ examples }) => examples))

  it('are all there', () => {
    expect(EXAMPLES.length).toBeGreaterThan(640)
  })

  it.each(EXAMPLES.filter(({ number }) => !allowed.has(number)))('$number, $section: as specified', (example) => {
    expect(ours(example)).toBe(specified(example))
  })

  for (const { reason, examples } of DIFFERENCES)
    it(`differ in ${examples.length} cases. ${reason}`, () => {
      const listed = EXAMPLES.filter(({ number }) => examples.includes(number))
      expect(listed.filter((example) => ours(example) === specified(example))).toEqual([])
    })
})

/** The body of a page with the example below a title; the frame every heading, block of code and link has is taken off. */
function ours({ markdown, html }: Example): string {
  const pages = new Map([...insidePages(html)].map((slug, n) => [slug, `page-${n}`]))
  const { body } = renderMarkdown(`# Title\n\n${markdown}`, {
    paths: { pages, sources: new Map() },
    forgeBase: null,
    shortCommit: '',
    draw: () => ({ problem: 'none is drawn here' }),
  })
  return canonical(body.text, (element) => {
    const kind = attribute(element, 'class') ?? ''
    if (kind === 'permalink') return 'drop'
    if (/^(?:heading|code|image-gone)$/.test(kind) || element.tagName === 'span') return 'unwrap'
    return plain(element)
  })
}

/** What the specification says, as a site has it: places inside are its pages, pictures are links, titles are one level down. */
function specified({ html }: Example): string {
  const pages = [...insidePages(html)]
  const addressOf = (href: string) => {
    const { slug, fragment } = placeOf(href)
    return pages.includes(slug)
      ? `page-${pages.indexOf(slug)}.html${fragment}`
      : slug === '' && fragment
        ? fragment
        : outside(href)
  }
  return canonical(html, (element) => {
    if (element.tagName === 'h1') element.tagName = element.nodeName = 'h2'
    if (element.tagName === 'img') {
      const text = `Image: ${attribute(element, 'alt') || 'image'}`
      const address = outside(attribute(element, 'src') ?? '')
      if (address === null) return { text }
      become(element, { address, text })
    }
    if (element.tagName !== 'a') return plain(element)
    const address = addressOf(attribute(element, 'href') ?? '')
    if (address === null) return 'unwrap'
    element.attrs = [{ name: 'href', value: address }, ...element.attrs.filter(({ name }) => name !== 'href')]
    return plain(element)
  })
}

function plain(element: Element): Fate {
  element.attrs = element.attrs.filter(({ name }) => /^(?:href|title|start)$/.test(name))
  if (element.tagName === 'code' && element.parentNode?.nodeName === 'pre')
    setText(element, textOf(element).replace(/\n$/, ''))
  return 'keep'
}

function become(image: Element, { address, text }: { address: string; text: string }): void {
  image.tagName = image.nodeName = 'a'
  image.attrs = [{ name: 'href', value: address }]
  setText(image, text)
}

function setText(element: Element, value: string): void {
  element.childNodes = [{ nodeName: '#text', value, parentNode: element }]
}

/** Every page the links of an example can mean. */
function insidePages(html: string): Set<string> {
  const places = Array.from(html.matchAll(/<a href="([^"]*)"/g), ([, href = '']) =>
    placeOf(href.replaceAll('&amp;', '&')),
  )
  return new Set(places.map(({ slug }) => slug).filter((slug) => slug !== '' && !/[?\\:]/.test(slug)))
}

function placeOf(href: string): { slug: string; fragment: string } {
  const [path = '', fragment = ''] = href.split('#')
  const slug = decodeURIComponent(path)
    .replace(/^\.\//, '')
    .replace(/\.(?:md|html)$/, '')
  return { slug, fragment: fragment && `#${encodeURIComponent(decodeURIComponent(fragment))}` }
}

function outside(href: string): string | null {
  return /^(?:https?:\/\/|mailto:)/i.test(href) && URL.canParse(href) ? new URL(href).href : null
}
