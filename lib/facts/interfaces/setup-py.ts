import type { DependencyFact, EntryPointFact } from '#lib/domain/facts.ts'
import { pythonModuleFile } from '#lib/facts/imports/python.ts'
import { lineOf, type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'
import { calledWithKeywords, type Literal } from './python-literals.ts'
import { parseRequirement } from './python-requirement.ts'

/** Reads a `setup.py` as far as it writes things out: name, requirements, extras, console scripts. Nothing of it runs. */
export function setupPyManifest({ path, dir, text, paths }: ManifestText): PackageManifest | null {
  const given = /\bsetup\b/.test(text) ? calledWithKeywords(text, 'setup') : null
  const name = textOf(given?.get('name'))
  if (!given || name === null) return null
  const described = given.get('description')
  const lineAt = ({ at }: Literal) => lineOf(text, at)
  const needs = (value: Literal | undefined, kind: DependencyFact['kind']): DependencyFact[] =>
    textsOf(value).flatMap((one) => {
      const requirement = parseRequirement(one.text)
      return requirement ? [{ ...requirement, kind, source: oneLineRange(path, lineAt(one)) }] : []
    })
  const extras = given.get('extras_require')
  return packageManifest(
    path,
    {
      kind: 'pypi',
      name,
      version: textOf(given.get('version')),
      description: textOf(described),
      license: textOf(given.get('license')),
    },
    {
      descriptionAt: described?.kind === 'text' ? oneLineRange(path, lineAt(described)) : null,
      dependencies: [
        ...needs(given.get('install_requires'), 'runtime'),
        ...(extras?.kind === 'dict' ? extras.entries.flatMap(([, value]) => needs(value, 'optional')) : []),
        ...needs(given.get('tests_require'), 'development'),
      ],
      entryPoints: consoleScripts(given.get('entry_points')).flatMap((one): EntryPointFact[] => {
        const [, script, module] = /^\s*([\w.-]+)\s*=\s*([\w.]+)/.exec(one.text) ?? []
        if (!script || !module) return []
        const file = pythonModuleFile(paths, module, dir)
        return [{ kind: 'binary', name: script, path: file, range: oneLineRange(path, lineAt(one)) }]
      }),
    },
  )
}

type Text = Extract<Literal, { kind: 'text' }>

/** A dictionary of lists, or the text of an INI file. */
function consoleScripts(value: Literal | undefined): Text[] {
  if (value?.kind === 'dict')
    return value.entries.flatMap(([key, given]) => (textOf(key) === 'console_scripts' ? textsOf(given) : []))
  if (value?.kind !== 'text') return []
  const section = /\[console_scripts\]([^[]*)/.exec(value.text)?.[1] ?? ''
  return section.split('\n').map((text) => ({ ...value, text }))
}

function textOf(value: Literal | undefined): string | null {
  return value?.kind === 'text' ? value.text.trim() || null : null
}

/** The texts of a list; a text alone may hold one on each line. */
function textsOf(value: Literal | undefined): Text[] {
  if (value?.kind === 'text') return value.text.split('\n').map((text) => ({ ...value, text: text.trim() }))
  return value?.kind === 'list' ? value.items.filter((item) => item.kind === 'text') : []
}
