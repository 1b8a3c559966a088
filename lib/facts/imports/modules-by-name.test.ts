import { expect, it } from 'vitest'
import type { Collected } from '#lib/facts/collected.ts'
import { manifestsOf } from '#lib/facts/manifests.ts'
import { parseFile } from '#lib/facts/parse/parse-file.ts'
import { importFacts } from './resolve.ts'

/** What the imports and plain uses of a small repository lead to. */
async function resolved(texts: Record<string, string>) {
  const collected: Collected = { files: [], parsed: new Map(), documents: [], texts: new Map(), limits: [] }
  for (const [path, text] of Object.entries(texts)) {
    const rest = { oid: '', bytes: text.length, lines: 1, language: null, header: null, skipped: null }
    collected.files.push({ path, role: 'source', ...rest })
    const parsed = await parseFile(text, path)
    collected.texts.set(path, text)
    if (typeof parsed !== 'string') collected.parsed.set(path, parsed)
  }
  const manifests = manifestsOf(collected.texts, () => true, new Set(Object.keys(texts)))
  const { imports, references } = importFacts(collected, manifests)
  return {
    imports: imports.map(({ from, specifier, to, names }) => `${from} ${specifier} -> ${to} ${names.join(',')}`),
    references: references.map(({ from, to }) => `${from} -> ${to}`).sort(),
  }
}

it('leads Kotlin imports to classes, functions and members, also those that Java declares', async () => {
  const { imports, references } = await resolved({
    'a/Main.kt':
      'package a\nimport b.Road.Companion.of\nimport b.leave\nimport b.*\nimport c.Old\nfun go() = Near() + Wide()',
    'a/Near.kt': 'package a\nclass Near',
    'b/Road.kt': 'package b\nclass Road { companion object { fun of() = 1 } }\nfun leave() {}\nclass Wide',
    'c/Old.java': 'package c; public class Old {}',
  })
  expect(imports).toEqual([
    'a/Main.kt b.Road.Companion.of -> b/Road.kt Road',
    'a/Main.kt b.leave -> b/Road.kt leave',
    'a/Main.kt b.* -> b/Road.kt Road,Wide,leave',
    'a/Main.kt c.Old -> c/Old.java Old',
  ])
  expect(references).toEqual(['a/Main.kt -> a/Near.kt'])
})

it('leads Scala imports to names, also those that begin at a package around the file', async () => {
  const { imports } = await resolved({
    'A.scala': 'package a.b\nimport c.Road\nimport a.d.{Roof => Top}\nimport scala.util.Try\nclass A',
    'Road.scala': 'package a.b.c\nclass Road',
    'Roof.scala': 'package a.d\nobject Roof',
    'package.scala': 'package object a { val top = 1 }',
    'Near.scala': 'package a\nimport java.nio.file.Files\nclass Near',
  })
  expect(imports).toEqual([
    'A.scala c.Road -> Road.scala Road',
    'A.scala a.d.Roof -> Roof.scala Roof',
    'A.scala scala.util.Try -> null Try',
    'Near.scala java.nio.file.Files -> null Files',
  ])
})

it('leads Swift imports to the files of a target whose names are used, wherever Package.swift puts it', async () => {
  const { imports, references } = await resolved({
    'Package.swift':
      '.library(name: "Home", targets: ["Home"]),\n.target(name: "Home", path: "Source"),\n.target(name: "Ways", dependencies: ["Home"]),',
    'Source/Door.swift': 'public struct Door {}',
    'Source/Roof.swift': 'public struct Roof { let door: Door }',
    'Sources/Ways/Path.swift': 'import Home\nimport Foundation\nlet roof = Roof()',
  })
  expect(imports).toEqual([
    'Sources/Ways/Path.swift Home -> Source/Roof.swift Roof',
    'Sources/Ways/Path.swift Foundation -> null *',
  ])
  expect(references).toEqual(['Source/Roof.swift -> Source/Door.swift'])
})

it('leads Elixir aliases, uses and plain module names to the files that define them', async () => {
  const { imports, references } = await resolved({
    'lib/home.ex': 'defmodule Home do\n  alias Home.{Door, Missing}\n  def go, do: Home.Roof.go()\nend',
    'lib/home/door.ex': 'defmodule Home.Door do\nend',
    'lib/home/roof.ex': 'defmodule Home.Roof do\nend',
  })
  expect(imports).toEqual(['lib/home.ex Home.Door -> lib/home/door.ex *', 'lib/home.ex Home.Missing -> null *'])
  expect(references).toContain('lib/home.ex -> lib/home/roof.ex')
})

it('leads Lua modules to files and init files below any search directory', async () => {
  const { imports } = await resolved({
    'src/home/main.lua': 'local a = require("home.door")\nlocal b = require "home.roof"\nrequire("posix")',
    'src/home/door.lua': 'return {}',
    'src/home/roof/init.lua': 'return {}',
    'old/home/door.lua': 'return {}',
  })
  expect(imports).toEqual([
    'src/home/main.lua home.door -> src/home/door.lua *',
    'src/home/main.lua home.roof -> src/home/roof/init.lua *',
    'src/home/main.lua posix -> null *',
  ])
})
