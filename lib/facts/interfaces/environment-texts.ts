import type { EnvironmentRead } from '#lib/facts/parse/parsed-file.ts'
import { yamlFile, yamlItems, yamlText } from './yaml-entries.ts'

const NAME = /^[A-Z][A-Z0-9_]*$/

/** Variables that a compose file hands to the services built here; those of other people's images are theirs. */
export function composeEnvironment(path: string, text: string): EnvironmentRead[] {
  const file = yamlFile(text)
  if (!file) return []
  const services = file.entries(file.entries(file.root).find(({ key }) => key === 'services')?.value)
  const built = services.filter(({ value }) => file.entries(value).some(({ key }) => key === 'build'))
  const found = built.flatMap(({ value, start }) => {
    const environment = file.entries(value).find(({ key }) => key === 'environment')
    const named = file
      .entries(environment?.value)
      .map((entry) => ({ name: entry.key, value: yamlText(entry.value), line: entry.start }))
    const listed =
      named.length > 0
        ? []
        : yamlItems(environment?.value).flatMap((item, at) => {
            const [, name = '', given] = /^([^=]+)(?:=(.*))?$/s.exec(yamlText(item) ?? '') ?? []
            return name ? [{ name, value: given ?? null, line: (environment?.start ?? start) + at + 1 }] : []
          })
    return [...named, ...listed]
  })
  const range = (line: number) => ({ path, start: line, end: line })
  return found.flatMap(({ name, value, line }) =>
    NAME.test(name) ? [{ name, default: plainDefault(value), help: null, range: range(line) }] : [],
  )
}

/** `${PORT:-80}` has the default 80; `${PORT}` has none; a password is nobody's default. */
function plainDefault(value: string | null): string | null {
  if (value === null || value === '') return null
  const substituted = /^\$\{\w+(?::?-([^}]*))?\}$/.exec(value)
  if (substituted) return substituted[1] || null
  return value.includes('$') ? null : value
}

/** Variables that the last stage of a Dockerfile sets, and arguments of its build. */
export function dockerEnvironment(path: string, text: string): EnvironmentRead[] {
  const lines = text.split(/\r?\n/)
  const last = lines.findLastIndex((line) => /^\s*FROM\s/i.test(line))
  let isContinued = false
  return lines.flatMap((line, at) => {
    const starts = /^\s*ENV\s+/i.test(line)
    const isEnvironment = starts || isContinued
    isContinued = isEnvironment && /\\\s*$/.test(line)
    if (!isEnvironment || at < last) return []
    const body = line.replace(/^\s*ENV\s+/i, '').replace(/\\\s*$/, '')
    const range = { path, start: at + 1, end: at + 1 }
    const pairs = [...body.matchAll(/([A-Z][A-Z0-9_]*)=("(?:[^"\\]|\\.)*"|\S+)/g)].map(
      ([, name, value]) => [name ?? '', value ?? ''] as const,
    )
    const plain = pairs.length === 0 && starts ? /^([A-Z][A-Z0-9_]*)\s+(.+)$/.exec(body.trim()) : null
    const all = plain ? [[plain[1] ?? '', plain[2] ?? ''] as const] : pairs
    return all.flatMap(([name, value]) =>
      BUILD_ONLY.test(name)
        ? []
        : [
            {
              name,
              default: value.replace(/^"(.*)"$/, '$1').includes('$') ? null : value.replace(/^"(.*)"$/, '$1') || null,
              help: null,
              range,
            },
          ],
    )
  })
}

/** Names that set up the image itself. */
const BUILD_ONLY =
  /^(?:PATH|LANG|LC_\w+|DEBIAN_FRONTEND|PYTHON(?!PATH$)\w+|PIP_\w+|POETRY_\w+|UV_\w+|NODE_ENV|GOPATH|GOFLAGS|CGO_ENABLED|RUST\w*|CARGO_\w+|HOME|TERM|TZ|SHELL|NPM_CONFIG_\w+|YARN_\w+|PNPM_\w+|BUNDLE_\w+|JAVA_HOME|LD_\w+)$/
