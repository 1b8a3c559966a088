import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const INSIDE =
  /(?:^|\/)(?:mkdocs\.ya?ml|sidebars\.(?:[cm]?[jt]s|json)|(?:docs|mint)\.json|\.vitepress\/(?:[\w-]+\/)*[\w.-]+\.[cm]?[jt]s)$/
/** Files beside the folder of documents that say how their site is built. */
const BESIDE = ['mkdocs.yml', 'mkdocs.yaml', 'sidebars.js', 'sidebars.ts', 'docs.json', 'mint.json']
const MOST_BYTES = 1_000_000
const ADDRESS = /(?<=["'`(:\s-])\/?[\p{L}\p{N}_@][\p{L}\p{N}_@./-]*(?=["'`),\s]|$)/gmu

/** Whether a file configures the menus of a documentation site. */
export function isNavigationFile(path: string): boolean {
  return INSIDE.test(path)
}

/** Addresses of pages that the configuration of a documentation site names; other words of it lead nowhere. */
export async function siteNavigation(folder: string, files: string[]): Promise<string[]> {
  const paths = [...files.filter((file) => INSIDE.test(file)), ...BESIDE.map((name) => `../${name}`)]
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8').catch(() => '')))
  return [...new Set(texts.flatMap(addressesIn))]
}

/** Every word of a configuration that could be an address. */
export function addressesIn(text: string): string[] {
  return text.length > MOST_BYTES ? [] : Array.from(text.matchAll(ADDRESS), ([address]) => address)
}
