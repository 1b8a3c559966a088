import type { Facts } from '#lib/domain/facts.ts'

const CHANGES = /change(?:s|log)|history|release|news/i
const IMPORT = /\bfrom ([\w.]+) import (?:\(([^()]*)\)|([\w ,]+))/g
const DOTTED = /(?<![\w./-])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)/g
const DIRECTIVE = /^\s*(?:\.\. |`{3,}\{)(module|currentmodule|automodule|auto\w+)(?:::|\}) *([\w.]+)/gm

/** `module#Name` of everything that documents import, write with its module, or tell a tool to describe. */
export function namesInDocuments({ documents }: Facts): Set<string> {
  const told = documents.filter(({ path }) => !CHANGES.test(path))
  return new Set(
    told.flatMap(({ sections }) => {
      const text = sections.map((section) => section.text).join('\n')
      return [
        ...imported(text),
        ...Array.from(text.matchAll(DOTTED), ([, dotted = '']) => hashed(dotted)),
        ...described(text),
      ]
    }),
  )
}

function imported(text: string): string[] {
  return Array.from(text.matchAll(IMPORT)).flatMap(([, from = '', list = '', line = '']) =>
    Array.from(`${list} ${line}`.matchAll(/\w+/g), ([name]) => `${from}#${name}`),
  )
}

/** A directive names things in the module that an earlier one set. */
function described(text: string): string[] {
  let module = ''
  return Array.from(text.matchAll(DIRECTIVE)).flatMap(([, directive = '', name = '']) => {
    if (!/module$/.test(directive)) return [name.includes('.') ? hashed(name) : `${module}#${name}`]
    module = name
    return []
  })
}

/** `click.testing` of `src/click/testing.py`. */
export function pythonModuleOf(path: string): string {
  return path
    .replace(/^(?:src|lib|python)\//, '')
    .replace(/(?:\/__init__)?\.pyi?$/, '')
    .replaceAll('/', '.')
}

function hashed(dotted: string): string {
  const end = dotted.lastIndexOf('.')
  return `${dotted.slice(0, end)}#${dotted.slice(end + 1)}`
}
