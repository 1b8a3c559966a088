import { posix } from 'node:path'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { parse } from 'parse5'
import { contentOf, type SiteFiles } from '#lib/domain/site.ts'

/** Texts of the files of a site by path; pictures and other bytes as empty text. */
export type SiteTexts = Map<string, string>

export function siteTexts(files: SiteFiles): SiteTexts {
  return new Map([...files].map(([path, file]) => [path, String(contentOf(file))]))
}

export interface LinkCheck {
  /** How many links, anchors and assets were followed. */
  checked: number
  /** `page: address` of those that lead nowhere. */
  broken: string[]
}

/** Follows every address inside a site: of elements, of redirects, and of the Markdown and lists for programs. */
export function checkLinks(texts: SiteTexts): LinkCheck {
  const ids = new Map(
    [...texts].map(([path, text]) => [path, path.endsWith('.html') ? idsOf(text) : new Set<string>()]),
  )
  const result: LinkCheck = { checked: 0, broken: [] }
  for (const [path, text] of texts)
    for (const address of addressesOf(path, text)) {
      const url = new URL(address, `http://site.invalid/${encodeURI(path)}`)
      if (url.host !== 'site.invalid' || url.protocol !== 'http:') continue
      result.checked += 1
      const target = decodeURIComponent(url.pathname.slice(1)) || 'index.html'
      const anchor = decodeURIComponent(url.hash.slice(1))
      const page = target.endsWith('.md') ? target.replace(/\.md$/, '.html') : target
      if (!texts.has(target) || (anchor && !ids.get(page)?.has(anchor))) result.broken.push(`${path}: ${address}`)
    }
  return result
}

const validator = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:standard'] }))

/** What the HTML standard does not allow in a document: faults of the parser, and of its content, as `rule: message`. */
export async function markupFaults(markup: string): Promise<string[]> {
  const faults: string[] = []
  parse(markup, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine }) => faults.push(`parser: ${code}, line ${startLine}`),
  })
  const report = await validator.validateString(markup)
  for (const { messages } of report.results)
    for (const { ruleId, message, line } of messages) faults.push(`${ruleId}: ${message}, line ${line}`)
  return faults
}

function idsOf(markup: string): Set<string> {
  return new Set(Array.from(markup.matchAll(/ id="([^"]*)"/g), ([, id = '']) => plain(id)))
}

function addressesOf(path: string, text: string): string[] {
  if (path.endsWith('.html')) {
    // Only inside of tags: text may show code that looks like an attribute.
    const tags = Array.from(text.matchAll(/<[a-zA-Z](?:"[^"]*"|[^">])*>/g), ([tag]) => tag)
    const attributes = tags.flatMap((tag) =>
      Array.from(tag.matchAll(/ (?:href|src)="([^"]*)"/g), ([, address = '']) => plain(address)),
    )
    const refresh = Array.from(text.matchAll(/ content="0; url=([^"]*)"/g), ([, address = '']) => plain(address))
    return [...attributes, ...refresh]
  }
  if (path === 'llms.txt') return Array.from(text.matchAll(/^- \[.*\]\(([^)\s]+)\)/gm), ([, address = '']) => address)
  // Examples of Markdown in a page are no links of the page.
  if (path.endsWith('.md') && posix.dirname(path) === '.')
    return Array.from(
      withoutCode(text).matchAll(/\]\(([\w./-]+\.(?:md|html)(?:#[^)\s]*)?)\)/g),
      ([, address = '']) => address,
    )
  return []
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?^ {0,3}\1[^\n]*$/gm, '').replace(/(`+)[^`\n]+\1/g, '')
}

function plain(value: string): string {
  return value
    .replace(/&#39;/g, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
