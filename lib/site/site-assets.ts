import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

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
const SCRIPTS = [
  'theme-switch.js',
  'copy-text.js',
  'copy-code.js',
  'reader-links.js',
  'page-menu.js',
  'copy-page.js',
  'scroll-spy.js',
  'page-name.js',
  'permalinks.js',
  'scrollers.js',
  'load-script.js',
  'open-cards.js',
  'open-viewer.js',
  'open-variants.js',
  'open-users.js',
  'tree-groups.js',
  'open-tables.js',
  'drawers.js',
  'open-search.js',
]
const CARD_SCRIPTS = ['card-data.js', 'card-content.js', 'cards.js']
const VIEWER_SCRIPTS = ['pan-zoom.js', 'viewer.js']
const SEARCH_SCRIPTS = [
  'search-terms.js',
  'search-codes.js',
  'search-distance.js',
  'search-files.js',
  'search-index.js',
  'search-words.js',
  'search-engine.js',
  'search-marks.js',
  'search-recent.js',
  'search-results.js',
  'search-dialog.js',
]

export interface SiteAssets {
  /** By path in the site. */
  files: Map<string, string>
  version: string
}

/** Reads the style sheets and scripts of a site and joins them into few files, so that a page needs four requests. */
export function siteAssets(): SiteAssets {
  const files = new Map([
    ['assets/site.css', joined(STYLES)],
    ['assets/blocks.css', joined(BLOCK_STYLES)],
    ['assets/figures.css', joined(['figures.css'])],
    ['assets/home.css', joined(['home.css'])],
    ['assets/source.css', joined(['source.css'])],
    ['assets/single.css', joined(['single.css'])],
    ['assets/dialogs.css', joined(DIALOG_STYLES)],
    ['assets/theme.js', scripts(['theme.js'])],
    ['assets/icon.svg', asset('icon.svg')],
    ['assets/site.js', scripts(SCRIPTS)],
    ['assets/cards.js', scripts(CARD_SCRIPTS)],
    ['assets/viewer.js', scripts(VIEWER_SCRIPTS)],
    ['assets/search.js', scripts(SEARCH_SCRIPTS)],
    ['assets/tabs.js', scripts(['tabs.js'])],
    ['assets/line-range.js', scripts(['line-range.js'])],
    ['assets/variants.js', scripts(['variants.js'])],
    ['assets/all-users.js', scripts(['all-users.js'])],
    ['assets/sort-tables.js', scripts(['sort-tables.js'])],
  ])
  const hash = createHash('sha256')
  for (const content of files.values()) hash.update(content)
  return { files, version: `?v=${hash.digest('hex').slice(0, 8)}` }
}

/** A script that stands in a page, as text. */
export function inlineScript(name: string): string {
  return scripts([name])
}

function asset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')
}

/** Style sheets as one, without comments and indentation, which a reader would load for nothing. */
function joined(names: string[]): string {
  return names
    .map(asset)
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s+/gm, '')
    .replace(/(?<=[{};,])\n/g, '')
    .replace(/;\}/g, '}')
    .replace(/ \{/g, '{')
}

/**
 * Scripts in the order they need each other, as one classic script, because module scripts do not load from disk: imports
 * fall away, and one strict function keeps the names from everybody else.
 */
function scripts(names: string[]): string {
  const plain = names.map((name) =>
    asset(name)
      .replace(/^import .*\n/gm, '')
      .replace(/^export (?=async|function|const)/gm, '')
      // Comments and indentation of our own are a third of what a reader would load.
      .replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '')
      .replace(/^ *\/\/.*\n/gm, '')
      .replace(/^ +/gm, ''),
  )
  return `(() => {\n'use strict'\n${plain.join('\n')}})()\n`
}
