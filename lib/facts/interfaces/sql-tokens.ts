/** A word, literal or sign of a SQL text, with the line it stands on. */
export interface SqlToken {
  text: string
  line: number
}

const TOKEN =
  /(\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|'(?:''|\\.|[^'\\])*'|"(?:""|[^"])*"|`[^`]*`|\[[^\]\n]+\]|\$([A-Za-z_]*)\$[\s\S]*?\$\2\$|[\w$@#]+(?:\.\d+)?|::|[\s\S]/gy
/** Text behind these lines undoes what stands before them. */
const UNDO = /^\s*--\s*(?:\+goose\s+Down|\+migrate\s+Down|migrate:down|rambler\s+down|@?(?:UNDO|DOWN)\b)/im
const TABLE_WORK = /\b(?:create|alter|drop)\s[\s\S]{0,60}?\b(?:table|index)\b|\bcomment\s+on\b/i

/** Statements of a SQL text as tokens, comments left out; the part of a migration that undoes it is left out too. */
export function sqlStatements(text: string, firstLine = 1): SqlToken[][] {
  if (!TABLE_WORK.test(text)) return []
  const undo = UNDO.exec(text)
  const code = undo ? text.slice(0, undo.index) : text
  const statements: SqlToken[][] = []
  let current: SqlToken[] = []
  let line = firstLine
  for (const match of code.matchAll(TOKEN)) {
    const token = match[0]
    if (token === ';') {
      if (current.length > 0) statements.push(current)
      current = []
    } else if (match[1] === undefined) current.push({ text: token, line })
    line += newlines(token)
  }
  if (current.length > 0) statements.push(current)
  return statements
}

/** A name without its quotes. */
export function unquoted(text: string): string {
  return /^(?:"[\s\S]*"|`[\s\S]*`|\[[\s\S]*\])$/.test(text) ? text.slice(1, -1) : text
}

/** Value of a string literal; anything else as it is written. */
export function sqlText(text: string): string {
  return /^'[\s\S]*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text
}

export function isName(text: string | undefined): text is string {
  return text !== undefined && /^(?:"[^"]+"|`[^`]+`|\[[^\]]+\]|[A-Za-z_][\w$]*)$/.test(text)
}

function newlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
