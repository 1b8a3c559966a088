import type { DependencyFact, EntryPointFact } from '#lib/domain/facts.ts'
import { pythonModuleFile } from '#lib/facts/imports/python.ts'
import { type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'
import { parseRequirement } from './python-requirement.ts'

/** One value of an INI file: what stands behind `=` and on the indented lines below. */
interface Entry {
  key: string
  values: { text: string; line: number }[]
}

/** Reads the `setup.cfg` of a Python package without a `[project]` of its own: name, requirements, console scripts. */
export function setupCfgManifest({ path, dir, text, paths }: ManifestText): PackageManifest | null {
  const sections = sectionsOf(text)
  const metadata = sections.get('metadata') ?? []
  // `attr:` and `file:` name what would have to be run or read.
  const named = (key: string) =>
    metadata.find((entry) => entry.key === key)?.values.find((value) => !/^(?:attr|file):/.test(value.text))
  const name = named('name')
  if (!name) return null
  const description = named('description')
  const listed = (section: string, key: string) =>
    (sections.get(section) ?? []).filter((entry) => entry.key === key).flatMap(({ values }) => values)
  const extras = (sections.get('options.extras_require') ?? []).flatMap(({ values }) => values)
  const needs = (values: Entry['values'], kind: DependencyFact['kind']) =>
    values.flatMap((value): DependencyFact[] => {
      const requirement = parseRequirement(value.text)
      return requirement ? [{ ...requirement, kind, source: oneLineRange(path, value.line) }] : []
    })
  const scripts = listed('options.entry_points', 'console_scripts')
  return packageManifest(
    path,
    {
      kind: 'pypi',
      name: name.text,
      version: named('version')?.text ?? null,
      description: description?.text ?? null,
      license: named('license')?.text ?? null,
    },
    {
      descriptionAt: description ? oneLineRange(path, description.line) : null,
      dependencies: [...needs(listed('options', 'install_requires'), 'runtime'), ...needs(extras, 'optional')],
      entryPoints: scripts.flatMap((value): EntryPointFact[] => {
        const [, script, module] = /^([\w.-]+)\s*=\s*([\w.]+)/.exec(value.text) ?? []
        if (!script || !module) return []
        const file = pythonModuleFile(paths, module, dir)
        return [{ kind: 'binary', name: script, path: file, range: oneLineRange(path, value.line) }]
      }),
    },
  )
}

function sectionsOf(text: string): Map<string, Entry[]> {
  const sections = new Map<string, Entry[]>()
  let entries: Entry[] = []
  text.split(/\r?\n/).forEach((line, at) => {
    const section = /^\[([^\]]+)\]/.exec(line)?.[1]
    const pair = /^([A-Za-z][\w.-]*)\s*=\s*(.*)$/.exec(line)
    const value = (pair?.[2] ?? (/^\s/.test(line) ? line : '')).trim()
    if (section) {
      entries = sections.get(section) ?? []
      sections.set(section, entries)
    } else if (pair) entries.push({ key: pair[1] ?? '', values: [] })
    if (!section && value && !/^[#;]/.test(value)) entries.at(-1)?.values.push({ text: value, line: at + 1 })
  })
  return sections
}
