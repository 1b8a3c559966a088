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

/**
 * Licence by the text of the root's licence file, else as the first manifest names it; as that names it too where it offers
 * several, because a file holds one of them.
 */
export function licenseOf(texts: Map<string, string>, manifests: ManifestFact[]): Facts['license'] {
  const declared = manifests.find(({ license }) => license)
  const written = writtenIn(texts)
  if (written && !(declared?.license && SEVERAL.test(declared.license))) return written
  if (!declared?.license) return null
  const line = lineWith(texts.get(declared.path) ?? '', declared.license)
  return { name: declared.license, range: { path: declared.path, start: line, end: line } }
}

/** `MIT OR Apache-2.0`, and `MIT/Apache-2.0` as Cargo once wrote it. */
const SEVERAL = /^[\w.+-]+(?: (?:OR|AND|WITH) |\/)[\w.+-]/

function writtenIn(texts: Map<string, string>): Facts['license'] {
  const path = [...texts.keys()].sort().find((name) => /^(?:LICEN[CS]E|COPYING)(?:[.-][\w.]+)?$/i.test(name))
  const text = path ? texts.get(path) : undefined
  const name = TEXTS.find(([pattern]) => pattern.test(text?.slice(0, 20_000) ?? ''))?.[1]
  if (!path || !text || !name) return null
  return { name, range: { path, start: 1, end: text.trimEnd().split('\n').length } }
}

function lineWith(text: string, value: string): number {
  const at = text.split('\n').findIndex((line) => /licen[cs]e/i.test(line) && line.includes(value))
  return Math.max(0, at) + 1
}
