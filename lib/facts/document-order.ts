import type { DocumentFact } from '#lib/domain/facts.ts'
import { dirOf } from './imports/paths.ts'

const NAVIGATION =
  /(?:^|\/)(?:mkdocs\.ya?ml|sidebars\.(?:[cm]?[jt]s|json)|(?:docs|mint)\.json|\.vitepress\/(?:[\w-]+\/)*[\w.-]+\.[cm]?[jt]s)$/

interface Navigation {
  /** Folder whose documents it orders. */
  dir: string
  text: string
}

/** The documents, with their place in the navigation file of the documentation site they belong to. */
export function inNavigation(documents: DocumentFact[], texts: Map<string, string>): DocumentFact[] {
  const found = [...texts].filter(([path]) => NAVIGATION.test(path)).map(([path, text]) => navigationOf(path, text))
  if (found.length === 0) return documents
  return documents.map((document) => {
    const place = placeIn(found, document.path)
    return place === null ? document : { ...document, place }
  })
}

function navigationOf(path: string, text: string): Navigation {
  const dir = dirOf(path).replace(/\/?\.vitepress(?:\/.*)?$/, '')
  // A bar at the top names sections only; the list beside the pages names all of them.
  const sidebar = text.search(/\.ya?ml$/.test(path) ? /^nav:/m : /\bsidebar\b/)
  return { dir, text: sidebar > 0 ? text.slice(sidebar) : text }
}

/** Smallest place in the navigation that stands nearest to the document; null when none names it. */
function placeIn(navigation: Navigation[], path: string): number | null {
  const near = navigation
    .filter(({ dir }) => dir === '' || path.startsWith(`${dir}/`))
    .sort((a, b) => b.dir.length - a.dir.length || (a.text < b.text ? -1 : 1))
  for (const { dir, text } of near) {
    const inside = dir === '' ? path : path.slice(dir.length + 1)
    const at = [inside, inside.replace(/^(?:docs?|src|content|documentation)\//, '')]
      .map((one) => text.search(namedAs(one)))
      .filter((place) => place >= 0)
    if (at.length > 0) return Math.min(...at)
  }
  return null
}

/** `core-concepts/index.md` as navigation names it: `/core-concepts/`, 'core-concepts/index', `core-concepts/index.md`. */
function namedAs(path: string): RegExp {
  const stem = path.replace(/\.\w+$/, '')
  const folder = stem.replace(/(?:^|\/)(?:index|readme)$/i, '')
  const escaped = [...new Set([stem, folder])]
    .filter((one) => one !== '')
    .map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const name = escaped.length > 0 ? `(?:${escaped.join('|')})` : ''
  return new RegExp(`(?<=["'\`:] ?/?|^[ \\t]*- )${name || '/'}(?:\\.(?:mdx?|rst|html))?/?(?=["'\`\\s#]|$)`, 'm')
}
