import { javaEnvironment } from '#lib/facts/interfaces/environment-java.ts'
import { commentHeader } from './comment-header.ts'
import { headerText, isNotice } from './doc-text.ts'
import { documentedChildren } from './documented-children.ts'
import { javaSymbols } from './java-symbols.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'
import { taggedDoc } from './tagged-doc.ts'
import { usedWords } from './used-words.ts'

/** Reads a Java file. `isTest` adds cases. */
export function parseJava(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const declaration = root.namedChildren.find(({ type }) => type === 'package_declaration')
  const packageName = declaration?.namedChildren.find(({ type }) => /identifier$/.test(type))?.text ?? null
  const symbols = javaSymbols(root, source)
  const main = symbols.find(({ name, signature }) => name === 'main' && MAIN.test(signature))
  return {
    ...emptyParsedFile(),
    header: headerOf(root, source),
    symbols,
    imports: importsOf(root, source),
    offered: exportedPackages(source),
    environment: javaEnvironment(root, source),
    entryPoints:
      main && !isTest
        ? [{ kind: 'main', name: mainName(main.qualified, packageName), path: source.path, range: main.declaration }]
        : [],
    tests: isTest ? testsOf(root) : null,
    uses: usedWords(source.content, 'c'),
    packageName,
    hasErrors: root.hasError,
  }
}

/** Packages that a `module-info.java` exports to everybody; null for any other file. */
function exportedPackages({ path, content }: SourceText): string[] | null {
  if (!path.endsWith('module-info.java')) return null
  const code = content.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/.*/g, '')
  return Array.from(code.matchAll(/\bexports\s+([\w.]+)\s*;/g), (match) => match[1] ?? '')
}

const MAIN = /\bpublic\b.*\bstatic\b.* void main\(\s*(?:final )?String\b/

function mainName(qualified: string, packageName: string | null): string {
  return [packageName, qualified.replace(/\.main$/, '')].filter(Boolean).join('.')
}

/** The comment of the package, of the file, or of the type the file is named for. */
function headerOf(root: Node, source: SourceText): ParsedFile['header'] {
  const stem = source.path
    .split('/')
    .at(-1)
    ?.replace(/\.java$/, '')
  const declared = documentedChildren(root)
  const subject =
    stem === 'package-info' || stem === 'module-info'
      ? declared.find(({ comments }) => comments.length > 0)
      : declared.find(({ node }) => node.childForFieldName('name')?.text === stem)
  const comments = subject?.comments.filter(({ text }) => text.startsWith('/**')) ?? []
  const doc = taggedDoc(comments.slice(-1), source, 'javadoc')
  const text = doc && !isNotice(doc.summary) ? headerText(doc.summary) : null
  if (doc && text) return { text, range: doc.range }
  return commentHeader(root, source, ({ type }) => type === 'package_declaration')
}

function importsOf(root: Node, source: SourceText): RawImport[] {
  const declarations = root.namedChildren.filter(({ type }) => type === 'import_declaration')
  return declarations.flatMap((node) => {
    const path = node.namedChildren.find(({ type }) => /identifier$/.test(type))?.text.replace(/\s/g, '')
    if (!path) return []
    const isWild = node.namedChildren.some(({ type }) => type === 'asterisk')
    const isStatic = node.children.some(({ type }) => type === 'static')
    const shared = { reexports: false, alias: null, range: source.range(node) }
    const cut = path.lastIndexOf('.')
    const isMember = isStatic && !isWild
    const specifier = isMember ? path.slice(0, cut) : path
    if (isWild && !isStatic) return [{ ...shared, specifier: `${path}.*`, names: ['*'] }]
    return [{ ...shared, specifier, names: [specifier.slice(specifier.lastIndexOf('.') + 1)] }]
  })
}

const CASE = /^@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\b/

function testsOf(root: Node): ParsedFile['tests'] {
  const bodies = root.namedChildren.flatMap((node) => node.childForFieldName('body') ?? [])
  const cases = bodies
    .flatMap((body) => body.namedChildren.filter(({ type }) => type === 'method_declaration'))
    .flatMap((method) => {
      const name = method.childForFieldName('name')?.text ?? ''
      const annotations = method.firstNamedChild?.type === 'modifiers' ? method.firstNamedChild.namedChildren : []
      return annotations.some(({ text }) => CASE.test(text)) || /^test[A-Z]/.test(name) ? [name] : []
    })
  return cases.length > 0 ? { framework: 'junit', cases } : null
}
