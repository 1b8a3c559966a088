import type { Facts } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'

type Evidence = Pick<
  Facts,
  'files' | 'entryPoints' | 'routes' | 'manifests' | 'dependencies' | 'description' | 'scripts'
>

/** What kind of project it is, with the reasons in sentences. */
export function repoTypeOf(facts: Evidence): { repoType: RepoType; reasons: string[] } {
  const { repoType, reasons } = ownType(facts)
  return { repoType, reasons: [...reasons, ...workspaceReasons(facts)] }
}

function ownType(facts: Evidence): { repoType: RepoType; reasons: string[] } {
  const framework = frameworkReasons(facts)
  const library = libraryReasons(facts)
  const app = appReasons(facts, library.length > 0)
  const said = facts.description
  const isLibrary = said !== null && CALLED_LIBRARY.test(said.text)
  const testing = library.length + app.length === 0 && !isLibrary ? testReasons(facts) : []
  if (testing.length > 0) return { repoType: 'tests', reasons: testing }
  if (framework.length && library.length) return { repoType: 'framework', reasons: [...framework, ...library] }
  if (framework.length && said && CALLED_FRAMEWORK.test(said.text)) return { repoType: 'framework', reasons: framework }
  if (serves(facts)) return { repoType: 'app', reasons: app }
  const offering = new Set(facts.entryPoints.filter(({ kind }) => kind === 'export').map(({ range }) => range.path))
    .size
  if (library.length > 0 && Math.max(library.length, offering) >= app.length)
    return { repoType: 'library', reasons: library }
  if (app.length > 0) return { repoType: 'app', reasons: app }
  if (library.length > 0) return { repoType: 'library', reasons: library }
  if (said && isLibrary)
    return { repoType: 'library', reasons: [`Its description calls it a library (${said.range.path}).`] }
  return { repoType: 'app', reasons: ['No manifest offers the code to other programs.'] }
}

/** Crates and packages beside a server that answers requests are there for it, however many they are. */
function serves({ entryPoints, routes }: Evidence): boolean {
  return routes.length > 0 && entryPoints.some(({ kind }) => kind === 'server')
}

/** Where no manifest tells: `Okio is a library that …`, `A client library for …`. */
const CALLED_LIBRARY =
  /^(?:(?:[\w.{}-]+ ){1,3}is )?(?:an?|the) (?:(?!(?:that|which|for|on|of|with|to|by|using)\b)[\w./+-]+,? ){0,6}(?:library|SDK|toolkit|DSL)\b/i
/** `Vapor is an HTTP web framework for Swift.` */
const CALLED_FRAMEWORK =
  /^(?:(?:[\w.{}-]+ ){1,3}is )?(?:an?|the) (?:(?!(?:that|which|for|on|of|with|to|by|using)\b)[\w./+-]+,? ){0,6}framework\b/i

/** Several packages in one repository are no type of their own: what they are together stays to be said. */
function workspaceReasons({ manifests }: Evidence): string[] {
  const inner = manifests.filter(({ path, name }) => name !== null && path.includes('/'))
  const [[kind, packages] = ['', []]] = [...Map.groupBy(inner, (one) => one.kind)].sort(
    ([, a], [, b]) => b.length - a.length,
  )
  const [first, last] = [packages[0]?.path, packages.at(-1)?.path]
  return packages.length >= 2 ? [`It holds ${packages.length} ${kind} packages, from ${first} to ${last}.`] : []
}

function testReasons({ files }: Evidence): string[] {
  const source = files.filter(({ role }) => role === 'source').length
  const tests = files.filter(({ role, language }) => role === 'test' && language !== null).length
  return tests >= 5 && tests > source * 2 ? [`${tests} test files stand against ${source} source files.`] : []
}

/** A package at the root in another language may say so of the whole: `the client of the X framework`. */
function frameworkReasons({ description, manifests }: Evidence): string[] {
  const texts = [
    { text: description?.text ?? '', path: description?.range.path ?? '' },
    ...manifests
      .map((one) => ({ text: one.description ?? '', path: one.path }))
      .filter(({ path }) => !path.includes('/')),
  ]
  const said = texts.find(({ text }) => /\bframework\b/i.test(text))
  return said ? [`Its description calls it a framework (${said.path}).`] : []
}

function libraryReasons({ entryPoints, manifests, files }: Evidence): string[] {
  const inside = new Set(manifests.filter(isInside).map(({ path }) => path))
  const offered = entryPoints.filter(
    ({ kind, range }) =>
      !inside.has(range.path) && (kind === 'export' || (kind === 'main' && range.path.endsWith('package.json'))),
  )
  const isOffered = offered.some(({ range }) => range.path === 'Cargo.toml')
  const crate = manifests.find(({ path }) => path === 'Cargo.toml')?.name
  if (entryPoints.some((one) => isCargoProgram(one) && (!isOffered || one.name === crate))) return []
  const packages = [...new Set(offered.map(({ range }) => range.path))]
  const first = packages[0]
  const reasons: string[] = []
  if (packages.length === 1) reasons.push(`${first} offers its code to other programs.`)
  else if (first) reasons.push(`${packages.length} packages offer their code to other programs, ${first} among them.`)
  const python = manifests.find(({ kind, name }) => kind === 'pypi' && name)
  if (python) reasons.push(`${python.path} publishes the Python package ${python.name}.`)
  const rock = files.find(({ path }) => /^[^/]+\.podspec$|\.rockspec$/.test(path))
  if (rock) reasons.push(`${rock.path} describes a package that others install.`)
  const hex = manifests.find(({ kind, path, description }) => kind === 'hex' && path === 'mix.exs' && description)
  if (hex) reasons.push(`${hex.path} describes the Elixir package ${hex.name}.`)
  const go = manifests.find(({ kind }) => kind === 'go')
  const hasProgram = entryPoints.some(isGoProgram)
  const hasRootPackage = files.some(({ path, role }) => role === 'source' && /^[^/]+\.go$/.test(path))
  const isRootProgram = entryPoints.some(({ path }) => path !== null && /^[^/]+\.go$/.test(path))
  if (go && (!hasProgram || (hasRootPackage && !isRootProgram)))
    reasons.push(`${go.path} declares a Go module whose packages others can import.`)
  return reasons
}

/** A package without a version cannot be published: the others of its repository use it. */
function isInside({ kind, path, version }: Evidence['manifests'][number]): boolean {
  return kind === 'npm' && path.includes('/') && version === null
}

/** Folders with a dot hold what people work with. */
const CONTAINER = /^(?:[^./][^/]*\/)*Dockerfile$/

/** A service of a compose file that is built here, not an image of others. */
function isBuilt({ runner, command, help }: Evidence['scripts'][number]): boolean {
  return runner === 'docker-compose' && help === null && !/^\w[\w./-]*(?::[\w.${}:-]+)?(?:@\S+)?$/.test(command)
}

/** The crate at the root is a program; libraries beside it serve that, and so does the one inside of a crate of the same name. */
function isCargoProgram({ kind, range }: Evidence['entryPoints'][number]): boolean {
  return kind === 'binary' && range.path === 'Cargo.toml'
}

function isGoProgram({ kind, path }: Evidence['entryPoints'][number]): boolean {
  return kind === 'main' && path !== null && path.endsWith('.go')
}

/** A package that others install may hold an application to try it with, and a container to work on it in. */
function appReasons({ entryPoints, routes, files, dependencies, scripts }: Evidence, isOffered: boolean): string[] {
  const reasons: string[] = []
  const binary = entryPoints.find(({ kind }) => kind === 'binary')
  if (binary) reasons.push(`${binary.range.path} installs the command ${binary.name}.`)
  const program = entryPoints.find(isGoProgram)
  if (program) reasons.push(`${program.range.path} builds the program ${program.name}.`)
  const server = entryPoints.find(({ kind }) => kind === 'server')
  if (server) reasons.push(`${server.range.path} starts a server.`)
  const isGem = isOffered && entryPoints.some(({ range }) => /^[^/]+\.gemspec$/.test(range.path))
  if (routes.length > 0 && !isGem)
    reasons.push(`It answers ${routes.length} HTTP route${routes.length > 1 ? 's' : ''}.`)
  const built = new Set(scripts.flatMap((script) => (isBuilt(script) ? script.range.path : [])))
  const container = files.find(
    ({ path }) => built.has(path) || (CONTAINER.test(path) && !(isOffered && path.includes('/'))),
  )
  if (container) reasons.push(`${container.path} runs it in a container.`)
  const web = dependencies.find(
    ({ name, kind }) => kind === 'runtime' && /^(?:next|nuxt|@remix-run\/react|astro)$/.test(name),
  )
  if (web) reasons.push(`It is built on ${web.name}.`)
  return reasons
}
