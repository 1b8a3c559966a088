import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** Module each script of a site begins with, by the name of the script. */
const ENTRIES: Record<string, string> = {
  'all-users': 'all-users.js',
  cards: 'cards.js',
  'find-site': 'find-site.js',
  'line-range': 'line-range.js',
  search: 'search-dialog.js',
  site: 'site.js',
  'sort-tables': 'sort-tables.js',
  tabs: 'tabs.js',
  theme: 'theme.js',
  variants: 'variants.js',
  viewer: 'viewer.js',
}

/**
 * The scripts of a site, by file name: each is one classic script without comments and long names, because module scripts do
 * not load from disk. Made when a module changes and committed in `minified/`, since a site is built faster than this.
 */
export function bundledScripts(): Map<string, string> {
  const folder = join(import.meta.dirname, 'assets')
  const { outputFiles } = buildSync({
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, entry]) => [name, join(folder, entry)])),
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  })
  return new Map(outputFiles.map(({ path, text }) => [path.slice(folder.length + 1), text]))
}
