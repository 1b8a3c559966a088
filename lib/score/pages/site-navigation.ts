import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const INSIDE =
  /(?:^|\/)(?:mkdocs\.ya?ml|sidebars\.(?:[cm]?[jt]s|json)|(?:docs|mint)\.json|\.vitepress\/(?:[\w-]+\/)*[\w.-]+\.[cm]?[jt]s)$/
/** Files beside the folder of documents that say how their site is built. */
const BESIDE = ['mkdocs.yml', 'mkdocs.yaml', 'sidebars.js', 'sidebars.ts', 'docs.json', 'mint.json']
const MOST_BYTES = 1_000_000
const ADDRESS = /(?<=["'`(:\s-])\/?[\p{L}\p{N}_@][\p{L}\p{N}_@./-]*(?=["'`),\s]|$)/gmu

/** Addresses of pages that the configuration of a documentation site names; other words of it lead nowhere. */
export async function siteNavigation(folder: string, files: string[]): Promise<string[]> {
  const paths = [...files.filter((file) => INSIDE.test(file)), ...BESIDE.map((name) => `../${name}`)]
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8').catch(() => '')))
  const addresses = texts
    .filter((text) => text.length <= MOST_BYTES)
    .flatMap((text) => Array.from(text.matchAll(ADDRESS), ([address]) => address))
  return [...new Set(addresses)]
}
