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
  const program = paths.has('gradlew') ? './gradlew' : 'gradle'
  const dependencies = [...code.matchAll(DEPENDENCY)].flatMap((match) => {
    const kind = CONFIGURATIONS[match[1] ?? '']
    const source = oneLineRange(path, lineOf(code, match.index + match[0].length - 1))
    return kind ? [{ name: `${match[2]}:${match[3]}`, range: match[4] ?? '*', kind, source }] : []
  })
  const scripts = [...code.matchAll(TASK)].map((match): RawScript => {
    const name = match[1] ?? match[2] ?? ''
    const where = dir ? `:${dir.replaceAll('/', ':')}:` : ''
    const range = oneLineRange(path, lineOf(code, match.index + match[0].length - 1))
    return { name, command: '', runner: 'gradle', invocation: `${program} ${where}${name}`, range }
  })
  const main = /mainClass(?:Name)?(?:\.set\(|\s*=)\s*["']([\w.$]+)["']/.exec(code)
  const library = PUBLISHED.exec(code)
  const at = (index: number) => oneLineRange(path, lineOf(code, index))
  const name = dir.split('/').at(-1) || (value('group') ?? 'library')
  return packageManifest(
    path,
    { kind: 'gradle', name: null, version: value('version'), description: value('description') },
    {
      dependencies,
      scripts,
      entryPoints: [
        ...(main?.[1] ? [{ kind: 'main' as const, name: main[1], path: null, range: at(main.index) }] : []),
        ...(library ? [{ kind: 'export' as const, name, path: null, range: at(library.index) }] : []),
      ],
    },
  )
}
