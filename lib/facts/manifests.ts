import type { ManifestFact, SourceRange } from '#lib/domain/facts.ts'
import { dirOf } from './imports/paths.ts'
import { type JsonNode, jsonAt, jsonText, parseJsonLines } from './json-lines.ts'
import { byText } from './order.ts'

/** A `package.json` of the repository, parsed once for everybody. */
export interface NpmManifest {
  path: string
  /** Directory it stands in; empty for the root. */
  dir: string
  json: JsonNode
}

/** Texts of configuration files by path, as kept by the reader. */
export type ConfigTexts = Map<string, string>

export interface Manifests {
  npm: NpmManifest[]
  facts: ManifestFact[]
  /** What manifests say the project is, with where. */
  descriptions: { text: string; range: SourceRange }[]
}

export function manifestsOf(texts: ConfigTexts): Manifests {
  const npm = [...texts]
    .filter(([path]) => path === 'package.json' || path.endsWith('/package.json'))
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([path, text]) => {
      const json = parseJsonLines(text)
      return json ? [{ path, dir: dirOf(path), json }] : []
    })
  return {
    npm,
    facts: npm.map(npmFact),
    descriptions: npm.flatMap(({ path, json }) => {
      const text = jsonText(json, 'description')
      const node = jsonAt(json, 'description')
      return text && node ? [{ text, range: { path, start: node.start, end: node.end } }] : []
    }),
  }
}

function npmFact({ path, json }: NpmManifest): ManifestFact {
  return {
    path,
    kind: 'npm',
    name: jsonText(json, 'name'),
    version: jsonText(json, 'version'),
    description: jsonText(json, 'description'),
    license: jsonText(json, 'license') ?? jsonText(json, 'license', 'type'),
  }
}
