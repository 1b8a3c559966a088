import { describe, expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

/** A small file of each language: what stands before, the definitions, and what cannot be parsed. */
const FILES: Record<string, { lines: string[]; broken: string; names: string[] }> = {
  'a.ts': {
    lines: ['export function constructor() {', '\treturn 1', '}', 'export const __proto__ = 1'],
    broken: 'const = = (',
    names: ['constructor', '__proto__'],
  },
  'a.tsx': {
    lines: ['export function constructor() {', '\treturn <b/>', '}', 'export const __proto__ = 1'],
    broken: 'const = = (',
    names: ['constructor', '__proto__'],
  },
  'a.js': {
    lines: ['export function constructor() {', '\treturn 1', '}', 'export const __proto__ = 1'],
    broken: 'const = = (',
    names: ['constructor', '__proto__'],
  },
  'a.vue': {
    lines: ['<script>', 'export function constructor() {', '\treturn 1', '}', '</script>'],
    broken: '<script>const = (</script>',
    names: ['A', 'constructor'],
  },
  'a.py': {
    lines: ['def constructor():', '\treturn 1', 'def __proto__():', '\treturn 2'],
    broken: 'def = (',
    names: ['constructor', '__proto__'],
  },
  'a.go': {
    lines: ['package a', 'func constructor() int {', '\treturn 1', '}', 'var __proto__ = 1'],
    broken: 'func = (',
    names: ['constructor', '__proto__'],
  },
  'src/lib.rs': {
    lines: ['pub fn constructor() -> i32 {', '\t1', '}', 'pub const __PROTO__: i32 = 1;'],
    broken: 'fn = (;',
    names: ['constructor', '__PROTO__'],
  },
  'A.java': {
    lines: ['class constructor {', '\tint __proto__() { return 1; }', '}'],
    broken: 'class = (',
    names: ['constructor', '__proto__'],
  },
  'a.h': {
    lines: ['int constructor(int a);', 'struct __proto__ {', '\tint toString;', '};'],
    broken: 'struct = (;',
    names: ['constructor', '__proto__', 'toString'],
  },
  'a.hpp': {
    lines: ['class constructor {', 'public:', '\tint __proto__() const;', '};'],
    broken: 'class = (;',
    names: ['constructor', '__proto__'],
  },
  'a.cs': {
    lines: ['public class constructor {', '\tpublic int __proto__() { return 1; }', '}'],
    broken: 'class = (',
    names: ['constructor', '__proto__'],
  },
  'a.rb': {
    lines: ['def constructor', '\t1', 'end', 'def __proto__; end'],
    broken: 'def = (',
    names: ['constructor', '__proto__'],
  },
  'a.php': {
    lines: ['<?php', 'class constructor {', '\tpublic function __proto__() { return 1; }', '}'],
    broken: 'class = (',
    names: ['constructor', '__proto__'],
  },
  'a.sh': {
    lines: ['constructor() {', '\techo 1', '}', '__proto__() { echo 2; }'],
    broken: 'if [[ ((',
    names: ['constructor', '__proto__'],
  },
  'a.kt': {
    lines: ['class constructor2 {', '\tfun __proto__(): Int { return 1 }', '}', 'fun toString2() = 1'],
    broken: 'class = (',
    names: ['constructor2', '__proto__', 'toString2'],
  },
  'a.swift': {
    lines: ['public class constructor {', '\tpublic func __proto__() -> Int { 1 }', '}'],
    broken: 'class = (',
    names: ['constructor', '__proto__'],
  },
  'a.scala': {
    lines: ['class constructor {', '\tdef __proto__ = 1', '}'],
    broken: 'class = (',
    names: ['constructor', '__proto__'],
  },
  'a.lua': {
    lines: ['function constructor()', '\treturn 1', 'end', 'function __proto__() end'],
    broken: 'function = (',
    names: ['constructor', '__proto__'],
  },
  'a.ex': {
    lines: ['defmodule Constructor do', '\tdef __proto__, do: 1', 'end'],
    broken: 'def = (',
    names: ['Constructor', '__proto__'],
  },
}

async function read(text: string, path: string) {
  const file = await parseFile(text, path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

const placesOf = ({ symbols }: Awaited<ReturnType<typeof read>>) =>
  symbols.map(({ name, range }) => `${name} ${range.start}-${range.end}`)

describe.each(Object.entries(FILES))('%s', (path, { lines, broken, names }) => {
  it('has names that JavaScript keeps for itself, and the same lines with CRLF and with a byte order mark', async () => {
    const plain = await read(lines.join('\n'), path)
    expect(plain.symbols.map(({ name }) => name)).toEqual(names)
    expect(new Set(plain.symbols.map(({ id }) => id)).size).toBe(names.length)
    expect(placesOf(await read(lines.join('\r\n'), path))).toEqual(placesOf(plain))
    expect(placesOf(await read(`\uFEFF${lines.join('\n')}`, path))).toEqual(placesOf(plain))
  })

  it('says what stands before and after a stretch that does not parse, and nothing of an empty file', async () => {
    const file = await read([...lines, broken, ...lines].join('\n'), path)
    expect(file.symbols.map(({ name }) => name)).toContain(names[0])
    const empty = (await read('', path)).symbols.filter(({ kind }) => kind !== 'component')
    expect(empty).toEqual([])
  })

  it('is not read when it is one line of 5 MB', async () => {
    expect(await parseFile('a = 1; '.repeat(715_000), path)).toBe('a line of 5005000 characters')
  })
})

it('reads as many comments as fit into a file, without copying those above each', async () => {
  const comments = `${'/**/ '.repeat(9_000)}\n`.repeat(8)
  const file = await read(`${comments}int last;`, 'many.c')
  expect(file.symbols.map(({ name }) => name)).toEqual(['last'])
}, 10_000)
