import { dirOf, joinPath } from './paths.ts'

const BUILD_FILE = /(?:^|\/)(?:CMakeLists\.txt|(?:GNUm|[Mm])akefile(?:\.am|\.in)?|meson\.build)$/
const CMAKE = /\b(?:target_)?include_directories\s*\(([^()]{0,4000})\)/gi
const MESON = /\binclude_directories\s*\(([^()]{0,4000})\)/g
const FLAG = /(?:^|\s)-(?:I|isystem)\s*([^\s"'`;]+)/g
const HERE = /^\$[({](?:CMAKE_CURRENT_(?:SOURCE|LIST)_DIR|CURDIR|srcdir|PWD)[)}]\/?/
const TOP =
  /^\$[({](?:CMAKE_SOURCE_DIR|PROJECT_SOURCE_DIR|\w+_SOURCE_DIR|top_srcdir|abs_top_srcdir|ROOT|ROOT_DIR)[)}]\/?/
const KEYWORD = /^(?:PUBLIC|PRIVATE|INTERFACE|SYSTEM|BEFORE|AFTER)$/

/** Folders that the build files of C and C++ look for headers in, as paths of the repository. */
export function includeFolders(texts: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>()
  for (const [path, text] of texts) {
    if (!BUILD_FILE.test(path)) continue
    for (const written of foldersIn(path, text.replace(/(?<!\S)#[^\n]*/g, ''))) {
      const folder = placed(written, dirOf(path))
      if (folder !== null) found.add(folder)
    }
  }
  return found
}

function foldersIn(path: string, text: string): string[] {
  const inCalls = (pattern: RegExp) => Array.from(text.matchAll(pattern), ([, inside]) => inside ?? '')
  if (path.endsWith('meson.build'))
    return inCalls(MESON).flatMap((inside) => Array.from(inside.matchAll(/'([^']*)'/g), ([, folder]) => folder ?? ''))
  const flags = Array.from(text.matchAll(FLAG), ([, folder]) => folder ?? '')
  if (!path.endsWith('CMakeLists.txt')) return flags
  const named = inCalls(CMAKE).flatMap((inside) =>
    inside
      .replace(/\$<(?:BUILD_INTERFACE|BUILD_LOCAL_INTERFACE):([^<>]*)>/g, ' $1 ')
      .split(/[\s"]+/)
      .filter((word) => word !== '' && !KEYWORD.test(word)),
  )
  return [...flags, ...named]
}

/** Null for what a variable leads elsewhere, and for what is outside. */
function placed(written: string, dir: string): string | null {
  const [base, rest] = TOP.test(written) ? ['', written.replace(TOP, '')] : [dir, written.replace(HERE, '')]
  if (/[$<>@]/.test(rest) || rest.startsWith('/') || rest.startsWith('-')) return null
  return joinPath(base, rest)
}
