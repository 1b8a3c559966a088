import type { Facts, ManifestFact } from '#lib/domain/facts.ts'

const TEXTS: [RegExp, string][] = [
  [/apache license\s+version 2\.0/i, 'Apache-2.0'],
  [/gnu affero general public license\s+version 3/i, 'AGPL-3.0'],
  [/gnu lesser general public license\s+version 3/i, 'LGPL-3.0'],
  [/gnu lesser general public license\s+version 2\.1/i, 'LGPL-2.1'],
  [/gnu general public license\s+version 3/i, 'GPL-3.0'],
  [/gnu general public license\s+version 2/i, 'GPL-2.0'],
  [/mozilla public license,? version 2\.0/i, 'MPL-2.0'],
  [/this is free and unencumbered software/i, 'Unlicense'],
  [/redistribution and use[\s\S]*neither the name/i, 'BSD-3-Clause'],
  [/redistribution and use in source and binary forms/i, 'BSD-2-Clause'],
  [/permission to use, copy, modify, and\/or distribute/i, 'ISC'],
  [/permission is hereby granted, free of charge/i, 'MIT'],
]

/** Licence by the text of the root's licence file, else as the first manifest names it. */
export function licenseOf(texts: Map<string, string>, manifests: ManifestFact[]): Facts['license'] {
  const path = [...texts.keys()].sort().find((name) => /^(?:LICEN[CS]E|COPYING)(?:[.-][\w.]+)?$/i.test(name))
  const text = path ? texts.get(path) : undefined
  if (path && text) {
    const name = TEXTS.find(([pattern]) => pattern.test(text.slice(0, 20_000)))?.[1]
    const lines = text.trimEnd().split('\n').length
    if (name) return { name, range: { path, start: 1, end: lines } }
  }
  const manifest = manifests.find(({ license }) => license)
  if (!manifest?.license) return null
  const line = lineWith(texts.get(manifest.path) ?? '', manifest.license)
  return { name: manifest.license, range: { path: manifest.path, start: line, end: line } }
}

function lineWith(text: string, value: string): number {
  const at = text.split('\n').findIndex((line) => /licen[cs]e/i.test(line) && line.includes(value))
  return Math.max(0, at) + 1
}
