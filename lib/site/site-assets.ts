import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

const STYLES = [
  'tokens.css',
  'base.css',
  'frame.css',
  'prose.css',
  'tables.css',
  'code.css',
  'code-colours.css',
  'pages.css',
  'print.css',
]
/** How blocks look that few pages have: loaded by those alone. */
const BLOCK_STYLES = ['blocks.css', 'code-lines.css']
/** How what lies over a page looks: loaded with the first of it, not with every page. */
const DIALOG_STYLES = ['search.css', 'cards.css', 'viewer.css']
/** Stands in a page; see not-found-view.ts. */
const INLINE_SCRIPT = 'find-site.js'

export interface SiteAssets {
  /** By path in the site. */
  files: Map<string, string>
  version: string
}

/** Reads the scripts of a site and joins its style sheets into few files, so that a page needs four requests. */
export function siteAssets(): SiteAssets {
  const files = new Map([
    ['assets/site.css', joined(STYLES)],
    ['assets/blocks.css', joined(BLOCK_STYLES)],
    ['assets/figures.css', joined(['figures.css'])],
    ['assets/home.css', joined(['home.css'])],
    ['assets/source.css', joined(['source.css'])],
    ['assets/single.css', joined(['single.css'])],
    ['assets/dialogs.css', joined(DIALOG_STYLES)],
    ['assets/icon.svg', asset('icon.svg')],
    ...scripts().map((name): [string, string] => [`assets/${name}`, script(name)]),
  ])
  const hash = createHash('sha256')
  for (const content of files.values()) hash.update(content)
  return { files, version: `?v=${hash.digest('hex').slice(0, 8)}` }
}

/** The script that stands in a page, as text. */
export function inlineScript(): string {
  return script(INLINE_SCRIPT)
}

function asset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')
}

/** Style sheets as one, without comments, indentation and what goes without saying, which a reader would load for nothing. */
function joined(names: string[]): string {
  return names
    .map(asset)
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s+/gm, '')
    .replace(/^([\w-]+): /gm, '$1:')
    .replace(/(?<![\w.])0\.(?=\d)/g, '.')
    .replace(/(?<=[{};,])\n/g, '')
    .replace(/;\}/g, '}')
    .replace(/ \{/g, '{')
}

/** Names of the scripts that are files of a site; made of the modules in `assets/`, see bundle-scripts.ts. */
function scripts(): string[] {
  return readdirSync(new URL('./minified', import.meta.url))
    .filter((name) => name !== INLINE_SCRIPT)
    .sort()
}

function script(name: string): string {
  return readFileSync(new URL(`./minified/${name}`, import.meta.url), 'utf8')
}
