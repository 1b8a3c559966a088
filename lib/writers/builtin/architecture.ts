import { cite } from '#lib/domain/citations.ts'
import type { DependencyFact, EntryPointFact, Facts, FileFact, SourceRange } from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import {
  commonFolder,
  cyclesOf,
  type DependencyGraph,
  dependencyGraph,
  layersOf,
  mermaid,
  packageGraph,
} from './dependency-graph.ts'
import { factsIndex, importsNameFiles } from './facts-index.ts'
import { type Flow, flowFrom, flowText } from './flow.ts'
import { namesByImportance, symbolsByImportance } from './importance.ts'
import { entryTable, offered, oncePer } from './interface-tables.ts'
import { type KeySymbol, keySymbolsFor, keySymbolText } from './key-symbols.ts'
import { blocks, bullets, code, escapeText, fence, heading, pageLink, table } from './markdown.ts'
import { modulePages, saysSomething } from './module-pages.ts'
import { MAX_MODULE_PAGES, modulePageOf, placesOf } from './page-places.ts'
import { codeNames } from './quoting.ts'
import { symbolCitation } from './ranges.ts'
import { readableEdges } from './readable-edges.ts'
import { byText, count, grouped, listOf, shorten } from './wording.ts'

interface SelectedArchitecture {
  title: string
  name: string
  packageGraph: Pick<DependencyGraph, 'nodes' | 'edges'>
  graph: DependencyGraph
  flow: Flow
  modules: {
    path: string
    slug: string | null
    summary: string
    names: string[]
    citation: SourceRange | null
    files: number
  }[]
  moreModules: number
  central: { path: string; slug: string | null; importers: number; names: string[]; example: SourceRange }[]
  entryPoints: EntryPointFact[]
  packages: { dependency: DependencyFact; users: number }[]
  keySymbols: KeySymbol[]
  withoutPage: string[]
  /** Of the parts in the picture that have a page to themselves. */
  ownPages: [path: string, slug: string][]
}

const SHOWN_MODULES = 40
const SHOWN_EDGES = 20
const SHOWN_CENTRAL = 8
const SHOWN_PACKAGES = 30
const SHOWN_NAMES = 4
const SHOWN_ENTRIES = 40
const SHOWN_IN_CYCLE = 12
const SHOWN_MAIN_NAMES = 3

export const architectureComposer: Composer<SelectedArchitecture> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedArchitecture {
  const index = factsIndex(facts)
  const places = placesOf(facts, plan)
  const graph = dependencyGraph(facts)
  const documented = Map.groupBy(index.documented, (file) => index.moduleOf.get(file.path) ?? '.')
  const symbolsIn = (files: FileFact[]) => files.flatMap((file) => index.topLevel.get(file.path) ?? [])
  const modules = facts.modules.filter((module) => documented.has(module.path))
  const shown = modules.toSorted((a, b) => b.rank - a.rank || byText(a.path, b.path)).slice(0, SHOWN_MODULES)
  return {
    title: page.title,
    name: plan.project_name,
    packageGraph: packageGraph(facts),
    graph,
    flow: flowFrom(facts, [
      ...new Set(
        startPoints(facts)
          .filter(({ kind }) => kind !== 'export')
          .map(({ path }) => path ?? ''),
      ),
    ]),
    modules: shown
      .sort((a, b) => byText(a.path, b.path))
      .map(({ path, summary }) => ({
        path,
        slug: places.ofModule(path),
        summary: summary?.text ?? '',
        names: summary ? [] : namesByImportance(facts, symbolsIn(documented.get(path) ?? [])),
        citation: summary?.range ?? null,
        files: documented.get(path)?.length ?? 0,
      })),
    moreModules: modules.length - shown.length,
    central: centralFiles(facts).map((file) => ({ ...file, slug: places.ofFile(file.path) })),
    entryPoints: startPoints(facts),
    packages: packagesOf(facts),
    keySymbols: keySymbolsFor(facts, plan, 'architecture'),
    withoutPage: modulesWithoutPage(facts, plan),
    ownPages: ownPagesOf(graph, plan),
  }
}

/** Parts that share a page are found there by their headings. */
function ownPagesOf({ nodes }: DependencyGraph, plan: Plan): SelectedArchitecture['ownPages'] {
  const parts = new Set(nodes)
  return planPages(plan).flatMap(({ kind, subject, slug }) =>
    kind === 'module' && subject !== undefined && parts.has(subject) ? [[subject, slug] as const] : [],
  )
}

function centralFiles(facts: Facts): Omit<SelectedArchitecture['central'][number], 'slug'>[] {
  const index = factsIndex(facts)
  const documented = new Set(index.documented.map((file) => file.path))
  // What few files are shown is looked up for these alone.
  const central = [...documented]
    .map((path) => {
      const imports = (index.importsOf.get(path) ?? []).filter((fact) => documented.has(fact.from))
      return { path, imports, importers: new Set(imports.map((fact) => fact.from)).size }
    })
    .filter(({ importers }) => importers > 1)
    .sort((a, b) => b.importers - a.importers || byText(a.path, b.path))
    .slice(0, SHOWN_CENTRAL)
  return central
    .map(({ path, imports, importers }) => {
      const main = symbolsByImportance(facts, index.topLevel.get(path) ?? [])
      const names = [...new Set(main.map(({ name }) => name))].slice(0, SHOWN_MAIN_NAMES)
      const naming = imports.find((fact) => names.some((name) => fact.names.includes(name)))
      const isNamed = naming !== undefined && !importsNameFiles(index.files.get(naming.from)?.language)
      return {
        path,
        importers,
        names,
        example: isNamed ? naming.range : main[0] ? symbolCitation(main[0]) : imports[0]?.range,
      }
    })
    .filter((file): file is typeof file & { example: SourceRange } => file.example !== undefined)
}

function startPoints(facts: Facts): EntryPointFact[] {
  const offering = offered(facts, facts.entryPoints, (entry) => entry.range.path)
  const started = offering
    .filter(({ path }) => path !== null && !path.endsWith('package.json'))
    .map((entry) => ({ ...entry, range: classAt(facts, entry) ?? entry.range }))
  return oncePer(started, ({ name, path }) => `${name} ${path}`)
}

/** A `main` method is known by its class: then the lines of the class are shown. */
function classAt(facts: Facts, { name, path }: EntryPointFact): SourceRange | null {
  const named = (factsIndex(facts).topLevel.get(path ?? '') ?? []).find(
    (symbol) => symbol.name === name.split('.').at(-1),
  )
  return named ? symbolCitation(named) : null
}

function packagesOf(facts: Facts): SelectedArchitecture['packages'] {
  const index = factsIndex(facts)
  const documented = new Set(index.documented.map((file) => file.path))
  const outside = facts.imports.filter((fact) => fact.to === null && documented.has(fact.from))
  const declared = offered(facts, facts.dependencies, (dependency) => dependency.source.path)
  const used = declared.filter(({ kind }) => kind === 'runtime' || kind === 'peer')
  return oncePer(used, (one) => one.name)
    .map((dependency) => {
      const users = outside.filter((fact) => isPackage(fact.specifier, dependency.name)).map((fact) => fact.from)
      return { dependency, users: new Set(users).size }
    })
    .sort((a, b) => b.users - a.users || byText(a.dependency.name, b.dependency.name))
}

function isPackage(specifier: string, name: string): boolean {
  const python = name.toLowerCase().replaceAll('-', '_')
  return (
    specifier === name || specifier.startsWith(`${name}/`) || specifier === python || specifier.startsWith(`${python}.`)
  )
}

/** Modules the page limit leaves without reference; said on the page so that nobody takes them for documented. */
function modulesWithoutPage(facts: Facts, plan: Plan): string[] {
  const covered = new Set(
    planPages(plan)
      .filter((page) => page.kind === 'module')
      .map((page) => modulePageOf(facts, page).subject),
  )
  return modulePages(facts, MAX_MODULE_PAGES)
    .filter(saysSomething)
    .map((page) => page.subject)
    .filter((subject) => !covered.has(subject))
}

function compose(selected: SelectedArchitecture): string {
  return blocks(
    heading(1, escapeText(selected.title)),
    packageDiagram(selected),
    diagramSection(selected),
    moduleSection(selected),
    dependencySection(selected),
    centralSection(selected),
    keySymbolText(selected.keySymbols),
    entrySection(selected),
    packageSection(selected),
    selected.withoutPage.length > 0 &&
      blocks(
        heading(2, 'Without a page of their own'),
        `The page limit leaves out the reference of ${listOf(selected.withoutPage.map(code), 40)}.`,
      ),
  )
}

function packageDiagram({ packageGraph: graph }: SelectedArchitecture): string {
  if (graph.nodes.length < 2) return ''
  const shown = readableEdges(graph)
  return blocks(
    heading(2, 'Packages'),
    fence(mermaid({ nodes: graph.nodes, edges: shown }), 'mermaid'),
    heading(2, 'Parts'),
  )
}

function diagramSection({ graph, name, ownPages }: SelectedArchitecture): string {
  if (graph.edges.length === 0) return ''
  const what = graph.parts === 'files' ? 'file' : 'directory'
  const plural = graph.parts === 'files' ? 'files' : 'directories'
  const most = graph.edges.toSorted((a, b) => b.count - a.count || byText(a.from + a.to, b.from + b.to))[0]
  const strongest = most
    ? ` The strongest dependency is ${partName(most.from)} on ${partName(most.to)}, with ${count(most.count, 'import')}, the first at ${cite(most.example)}.`
    : ''
  const cycles = cyclesOf(graph).filter((group) => group.length > 1)
  const linked = linkedParts(ownPages)
  const folder = commonFolder(graph.nodes)
  const shown = readableEdges(graph)
  return blocks(
    `${escapeText(name)} consists of ${count(graph.nodes.length + graph.leftOut, what, plural)} of source code connected by imports; an arrow points from the one that imports to the one that is imported.${strongest}`,
    fence(mermaid({ nodes: graph.nodes, edges: shown }, folder), 'mermaid'),
    pictureNote({ graph, folder, shown: shown.length, plural: [what, plural] }),
    heading(2, 'Layers'),
    layersText({ graph, cycles, linked }),
  )
}

/** What a picture does not show, and what its labels leave out. */
function pictureNote(picture: {
  graph: DependencyGraph
  folder: string
  shown: number
  plural: [string, string]
}): string {
  const { graph, folder, shown, plural } = picture
  const left = graph.edges.length - shown
  const notes = [
    folder !== '' && `Names are those below ${code(folder)}.`,
    left > 0 &&
      `The picture shows ${grouped(shown)} of ${count(graph.edges.length, 'dependency', 'dependencies')}; left out are weaker ones and those that a longer way implies.`,
    graph.leftOut > 0 && `It leaves out ${count(graph.leftOut, ...plural)} without imports or of lower rank.`,
  ]
  return notes.filter((note) => note !== false).join(' ')
}

/** Layers say little when most parts import each other, directly or through others; then the cycles are named. */
function layersText({
  graph,
  cycles,
  linked,
}: {
  graph: DependencyGraph
  cycles: string[][]
  linked: PartText
}): string {
  const widest = Math.max(0, ...cycles.map((group) => group.length))
  const groups = bullets(cycles.map((group) => `${listOf(group.map(linked), SHOWN_IN_CYCLE)}.`))
  if (widest > graph.nodes.length / 2) {
    return blocks('There are no clear layers. These import each other, directly or through others:', groups)
  }
  return blocks(
    `Nothing in a layer imports a layer above it${cycles.length > 0 ? '; parts that import each other share one' : ''}.`,
    layerList(graph, linked),
    cycles.length > 0 && blocks('These import each other, directly or through others:', groups),
  )
}

function layerList(graph: DependencyGraph, linked: PartText): string {
  const layers = layersOf(graph)
  return layers.map((layer, at) => `${at + 1}. ${listOf(layer.map(linked))}`).join('\n')
}

function partName(path: string): string {
  return path === '.' ? 'the top level' : code(path)
}

type PartText = (path: string) => string

function linkedParts(ownPages: SelectedArchitecture['ownPages']): PartText {
  const slugs = new Map(ownPages)
  return (path) => {
    const slug = slugs.get(path)
    return slug ? pageLink(partName(path), slug) : partName(path)
  }
}

function moduleSection({ modules, moreModules }: SelectedArchitecture): string {
  if (modules.length < 2) return ''
  const rows = modules.map(({ path, slug, summary, names, citation, files }) => {
    const name = path === '.' ? 'top level' : code(path)
    return [
      slug ? pageLink(name, slug) : name,
      summary === '' ? listOf(names.map(code), SHOWN_NAMES) : codeNames(shorten(summary, 200)),
      grouped(files),
      citation ? cite(citation) : '',
    ]
  })
  const more =
    moreModules > 0 && `${count(moreModules, 'directory', 'directories')} of lower rank are not in this table.`
  return blocks(heading(2, 'Directories'), table(['Directory', 'What it holds', 'Files', 'Source'], rows), more)
}

function dependencySection({ graph, ownPages }: SelectedArchitecture): string {
  const linked = linkedParts(ownPages)
  const strongest = graph.edges
    .toSorted((a, b) => b.count - a.count || byText(a.from + a.to, b.from + b.to))
    .slice(0, SHOWN_EDGES)
  const rows = strongest.map((edge) => [linked(edge.from), linked(edge.to), grouped(edge.count), cite(edge.example)])
  return rows.length === 0
    ? ''
    : blocks(heading(2, 'Who imports whom'), table(['From', 'To', 'Imports', 'First import'], rows))
}

function centralSection({ central }: SelectedArchitecture): string {
  if (central.length === 0) return ''
  const rows = central.map((file) => [
    file.slug ? pageLink(code(file.path), file.slug) : code(file.path),
    listOf(file.names.map(code)),
    grouped(file.importers),
    cite(file.example),
  ])
  return blocks(heading(2, 'Files most others rely on'), table(['File', 'Main names', 'Imported by', 'Shown at'], rows))
}

function entrySection({ entryPoints, flow }: SelectedArchitecture): string {
  return entryPoints.length === 0
    ? ''
    : blocks(
        heading(2, 'Where execution starts'),
        entryTable(entryPoints.slice(0, SHOWN_ENTRIES)),
        flowText(flow, 'execution'),
      )
}

function packageSection({ packages }: SelectedArchitecture): string {
  if (packages.length === 0) return ''
  const shown = packages.slice(0, SHOWN_PACKAGES)
  const rows = shown.map(({ dependency, users }) => [
    code(dependency.name),
    code(dependency.range),
    users > 0 ? count(users, 'file') : '',
    cite(dependency.source),
  ])
  const more = packages.length - shown.length
  return blocks(
    heading(2, 'Packages it builds on'),
    table(['Package', 'Version', 'Imported by', 'Declared at'], rows),
    more > 0 &&
      `${count(more, 'more runtime dependency', 'more runtime dependencies')} ${more === 1 ? 'is' : 'are'} declared in the manifests.`,
  )
}
