import type { SymbolFact } from '#lib/domain/facts.ts'
import type { Collected } from './collected.ts'
import { dirOf } from './imports/paths.ts'

/** Tells whether a Java symbol stands in a package that the module around it exports; without a module all are. */
export function javaSurface({ parsed }: Collected): (symbol: SymbolFact) => boolean {
  const modules = [...parsed].flatMap(([path, { offered }]) =>
    path.endsWith('module-info.java') && offered !== null ? [{ dir: dirOf(path), offered: new Set(offered) }] : [],
  )
  return ({ range }) => {
    if (modules.length === 0 || !range.path.endsWith('.java')) return true
    const module = modules.find(({ dir }) => dir === '' || range.path.startsWith(`${dir}/`))
    const packageName = parsed.get(range.path)?.packageName
    return module === undefined || packageName == null || module.offered.has(packageName)
  }
}
