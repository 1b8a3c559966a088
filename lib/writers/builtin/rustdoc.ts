const ATTRIBUTES = /^(?:ignore(?:-[\w-]+)?|no_run|should_panic|compile_fail|edition\d+|test_harness|standalone|E\d+)$/
const FENCE = /^( {0,3})(`{3,}|~{3,})([^`\n]*)$/

/**
 * A doc comment of Rust as plain Markdown: what the tool reads beside a fence and the lines it hides are left out, and
 * links to names of the code are the names.
 */
export function rustdocToMarkdown(text: string): string {
  const known = new Set(Array.from(text.matchAll(/^ {0,3}\[([^\]\n]+)\]:[ \t]+https?:/gm), ([, label = '']) => label))
  let open: string | null = null
  const pieces = text.split('\n').flatMap((line): Piece[] => {
    const [, indent = '', mark = '', info = ''] = FENCE.exec(line) ?? []
    if (open !== null) {
      if (mark.startsWith(open)) open = null
      return /^\s*#(?:\s|$)/.test(line) ? [] : [{ line: line.replace(/^(\s*)##/, '$1#'), isCode: true }]
    }
    if (mark === '') return [{ line, isCode: false }]
    open = mark
    return [{ line: `${indent}${mark}${languageOf(info)}`, isCode: true }]
  })
  return runsOf(pieces)
    .map(({ line, isCode }) => (isCode ? line : withoutNameLinks(line, known)))
    .join('\n')
}

interface Piece {
  line: string
  isCode: boolean
}

/** Lines of prose together: a label may be broken over two. */
function runsOf(pieces: Piece[]): Piece[] {
  const runs: Piece[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last && !last.isCode && !piece.isCode) last.line += `\n${piece.line}`
    else runs.push({ ...piece })
  }
  return runs
}

function languageOf(info: string): string {
  const [first = ''] = info.split(/[\s,]+/).filter((word) => word !== '' && !ATTRIBUTES.test(word))
  return first || 'rust'
}

const LINK = /(`[^`]*`)|(?<![\w\])!\\])\[((?:`[^`]*`|[^\][`])+)\](?:\[([^\]]*)\])?(?![[(:])/g

/** `[text][Type::name]` and `[Type]` lead to names; links with an address keep their label for it. */
function withoutNameLinks(prose: string, known: Set<string>): string {
  return prose.replace(LINK, (...[whole = '', code, label = '', target]: (string | undefined)[]) => {
    if (code !== undefined || known.has(target || label) || !/\p{L}/u.test(label)) return whole
    return /^[xX]$|^[!^]/.test(label) ? whole : label
  })
}
