import { cite } from '#lib/domain/citations.ts'
import type { Facts, ManifestFact, ScriptFact, SourceRange } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import { blocks, code, fence, heading } from './markdown.ts'
import { type QuotedSection, quotedTopic } from './readme.ts'

/** How to get the project onto a machine: as its README says, else as its manifest implies. */
export interface InstallSteps {
  quoted: QuotedSection[]
  commands: { command: string; because: string; citation: SourceRange }[]
}

export function installSteps(facts: Facts, repoType: RepoType): InstallSteps {
  const quoted = quotedTopic(facts, 'install')
  return { quoted, commands: quoted.length > 0 ? [] : derivedCommands(facts, repoType) }
}

/** Empty when nothing is known. */
export function installText({ quoted, commands }: InstallSteps, level: number): string {
  if (quoted.length === 0 && commands.length === 0) return ''
  return blocks(
    heading(level, 'Installation'),
    ...quoted.map((section, at) => quotedText(section, { level: level + 1, isFirst: at === 0 })),
    ...commands.map(({ command, because, citation }) => blocks(fence(command, 'sh'), `${because} ${cite(citation)}`)),
  )
}

/** A section of the README with its subheading, closed by the lines it was taken from. */
export function quotedText(section: QuotedSection, { level, isFirst }: { level: number; isFirst: boolean }): string {
  const ends = /(?:```|~~~|\|)$/.test(section.markdown)
  const body = ends
    ? blocks(section.markdown, `Source: ${cite(section.citation)}`)
    : `${section.markdown} ${cite(section.citation)}`
  return blocks(!isFirst && heading(level, code(section.heading).replaceAll('`', '')), body)
}

function derivedCommands(facts: Facts, repoType: RepoType): InstallSteps['commands'] {
  return facts.manifests
    .filter(({ path }) => !path.includes('/'))
    .flatMap((manifest) => {
      const citation = manifestRange(facts, manifest)
      const command = commandFor(manifest, repoType)
      if (!command || !citation) return []
      const because =
        repoType === 'app'
          ? `Run this in a checkout of the repository: ${code(manifest.path)} lists what it needs.`
          : `The package name is the one in ${code(manifest.path)}.`
      return [{ command, because, citation }]
    })
}

function commandFor({ kind, name }: ManifestFact, repoType: RepoType): string | null {
  const isPlain = name !== null && /^[@\w./-]+$/.test(name)
  if (kind === 'npm') return repoType === 'app' || !isPlain ? 'npm install' : `npm install ${name}`
  if (kind === 'pypi') return repoType === 'app' || !isPlain ? 'pip install .' : `pip install ${name}`
  if (kind === 'go' && isPlain) return repoType === 'app' ? 'go build ./...' : `go get ${name}`
  if (kind === 'cargo') return repoType === 'app' || !isPlain ? 'cargo build' : `cargo add ${name}`
  return null
}

/** Lines of a manifest that other facts point at; its first line when there are none. */
function manifestRange(facts: Facts, { path }: ManifestFact): SourceRange | null {
  const ranges = [
    ...facts.dependencies.filter((fact) => fact.kind === 'runtime').map((fact) => fact.source),
    ...facts.dependencies.map((fact) => fact.source),
    ...facts.scripts.map((fact) => fact.range),
  ]
  const file = facts.files.find((one) => one.path === path)
  return ranges.find((range) => range.path === path) ?? (file && file.lines > 0 ? { path, start: 1, end: 1 } : null)
}

/** Scripts that start the project, most usual first. */
export function startScripts(facts: Facts): ScriptFact[] {
  const order = ['start', 'dev', 'serve', 'run', 'preview']
  return facts.scripts
    .filter((script) => order.includes(script.name) && !script.range.path.includes('/'))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}
