import type { DependencyFact } from '#lib/domain/facts.ts'
import type { RawScript } from '#lib/facts/parse/parsed-file.ts'
import { lineOf, type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'

const CONFIGURATIONS: Record<string, DependencyFact['kind']> = {
  implementation: 'runtime',
  api: 'runtime',
  compile: 'runtime',
  runtimeOnly: 'runtime',
  compileOnly: 'peer',
  annotationProcessor: 'build',
  kapt: 'build',
  testImplementation: 'development',
  testCompile: 'development',
  testRuntimeOnly: 'development',
  androidTestImplementation: 'development',
}
const DEPENDENCY = /^[ \t]*(\w+)[ \t(]+["']([\w.-]+):([\w.-]+)(?::([^"'@:]+))?["']/gm
const TASK = /^[ \t]*(?:task[ \t]+(\w+)|tasks\.register[(<][^"'\n]*["'](\w+)["'])/gm

/** Plugins of libraries, and those that publish; not what is asked for, or brought in for other projects alone. */
const PUBLISHED =
  /(?<!\b(?:withId|hasPlugin|withPlugin)\(\s{0,4}["']?)(?:["']?java-library["']?|["']?maven-publish["']?|["']com\.vanniktech\.maven\.publish(?:\.base)?["']|\balias\(\s*[\w.]*\.(?:maven\.?publish|mavenPublish|vanniktech[\w.]*)\b)(?![^\n]{0,200}\bapply\s{0,4}\(?false\b)/

/** Reads a Gradle build file as far as it states things plainly: coordinates, dependencies, tasks, the main class. */
export function gradleManifest({ path, dir, text, paths }: ManifestText): PackageManifest | null {
  const code = text.replace(/\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (comment) => comment.replace(/[^\n]/g, ' '))
  const value = (key: string) => new RegExp(`^\\s*${key}\\s*=?\\s*["']([^"'$]+)["']`, 'm').exec(code)?.[1] ?? null
  const root = buildOf(dir, paths)
  const dependencies = [...code.matchAll(DEPENDENCY)].flatMap((match) => {
    const kind = CONFIGURATIONS[match[1] ?? '']
    const source = oneLineRange(path, lineOf(code, match.index + match[0].length - 1))
    const isOfTests = kind === 'runtime' && isInTests(code, match.index)
    return kind
      ? [{ name: `${match[2]}:${match[3]}`, range: match[4] ?? '*', kind: isOfTests ? 'development' : kind, source }]
      : []
  })
  const scripts = [...code.matchAll(TASK)].map((match): RawScript => {
    const name = match[1] ?? match[2] ?? ''
    const range = oneLineRange(path, lineOf(code, match.index + match[0].length - 1))
    return { name, command: '', runner: 'gradle', invocation: invocationOf(name, { dir, root, paths }), range }
  })
  const main = /mainClass(?:Name)?(?:\.set\(|\s*=)\s*["']([\w.$]+)["']/.exec(code)
  const library = PUBLISHED.exec(code)
  const at = (index: number) => oneLineRange(path, lineOf(code, index))
  const name = dir.split('/').at(-1) || (value('group') ?? 'library')
  return packageManifest(
    path,
    { kind: 'gradle', name: null, version: value('version'), description: textAtRoot(code, 'description') },
    {
      dependencies,
      scripts,
      entryPoints: [
        ...(main?.[1]
          ? [{ kind: 'main' as const, name: main[1], path: classIn(dir, main[1], paths), range: at(main.index) }]
          : []),
        ...(library ? [{ kind: 'export' as const, name, path: null, range: at(library.index) }] : []),
      ],
    },
  )
}

/** What the project says of itself; the same word inside of a block speaks of a task. */
function textAtRoot(code: string, key: string): string | null {
  return new RegExp(`^(?:project\\.)?${key}\\s*=?\\s*["']([^"'$]+)["']`, 'm').exec(code)?.[1] ?? null
}

/** Folder of the build that a project belongs to: the nearest with settings or a wrapper of its own. */
function buildOf(dir: string, paths: ReadonlySet<string>): string {
  for (let at = dir; at !== ''; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '')
    if (['settings.gradle', 'settings.gradle.kts', 'gradlew'].some((name) => paths.has(`${at}/${name}`))) return at
  return ''
}

interface Project {
  dir: string
  root: string
  paths: ReadonlySet<string>
}

/** `./gradlew :app:run`; of a build further down `./app/gradlew -p app run`. */
function invocationOf(task: string, { dir, root, paths }: Project): string {
  const wrapper = root ? `${root}/gradlew` : 'gradlew'
  const program = paths.has(wrapper) ? `./${wrapper}` : 'gradle'
  const inner = dir.slice(root.length).replace(/^\//, '')
  const where = inner ? `:${inner.replaceAll('/', ':')}:` : ''
  return `${program}${root ? ` -p ${root}` : ''} ${where}${task}`
}

/** The one file of a project that declares a class: `com.a.MainKt` stands for the functions of `Main.kt`. */
function classIn(dir: string, name: string, paths: ReadonlySet<string>): string | null {
  const own = name.slice(name.lastIndexOf('.') + 1).replace(/\$.*$/, '')
  const names = [`${own}.java`, `${own}.kt`, `${own}.scala`, `${own}.groovy`, `${own.replace(/Kt$/, '')}.kt`]
  const found = [...paths].filter(
    (path) => path.startsWith(dir ? `${dir}/` : '') && names.includes(path.slice(path.lastIndexOf('/') + 1)),
  )
  const inPackage = found.filter((path) =>
    path.includes(`${name.slice(0, name.lastIndexOf('.')).replaceAll('.', '/')}/`),
  )
  const [first, ...others] = inPackage.length > 0 ? inPackage : found
  return others.length === 0 ? (first ?? null) : null
}

const MAX_LOOK_BACK = 5_000

/** Whether a place stands in a block that tests alone are built from: `commonTest.dependencies {`. */
function isInTests(code: string, index: number): boolean {
  let depth = 0
  for (let at = index - 1; at >= Math.max(0, index - MAX_LOOK_BACK); at -= 1) {
    if (code[at] === '}') depth += 1
    else if (code[at] === '{') {
      if (depth > 0) depth -= 1
      else if (/\b(?:\w+Test|test)\b/.test(code.slice(code.lastIndexOf('\n', at) + 1, at))) return true
    }
  }
  return false
}
