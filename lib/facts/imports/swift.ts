import { dirOf, joinPath } from './paths.ts'

const TARGET =
  /\.(?:target|executableTarget|testTarget|macro|systemLibrary)\s*\(\s*name:\s*"([^"]+)"([\s\S]*?)(?=\.\w*[tT]arget\s*\(|\.macro\s*\(|$)/g

/** Name of the module a Swift file belongs to: a target of a Package.swift, else its folder below `Sources`. */
export function swiftModules(texts: ReadonlyMap<string, string>): (path: string) => string | null {
  const targets = [...texts].flatMap(([path, text]) =>
    /(?:^|\/)Package\.swift$/.test(path) ? targetsOf(path, text) : [],
  )
  targets.sort((a, b) => b.dir.length - a.dir.length)
  return (path) => {
    const target = targets.find(({ dir }) => path.startsWith(`${dir}/`))
    return target?.name ?? /(?:^|\/)(?:Sources?|Tests)\/([^/]+)\//.exec(path)?.[1] ?? null
  }
}

function targetsOf(path: string, text: string): { name: string; dir: string }[] {
  const code = text.replace(/^\s*\/\/.*$/gm, '')
  return Array.from(code.matchAll(TARGET), ([, name = '', rest = '']) => {
    const written = /\bpath:\s*"([^"]+)"/.exec(rest)?.[1]
    const folder = written ?? `${/Tests$/.test(name) ? 'Tests' : 'Sources'}/${name}`
    return { name, dir: joinPath(dirOf(path), folder) ?? folder }
  })
}
