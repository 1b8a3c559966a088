const NAMES = String.raw`(--?[A-Za-z][\w-]*(?:(?:,\s*|\s*\|\s*|\s+)--?[A-Za-z][\w-]*)*)`
const VALUE = String.raw`(?:[ =]\[?<?[\w|.:-]+>?\]?(?:\.\.\.)?)?`
/** A line of a usage text: names, perhaps a value, two blanks or more, what it does. */
const LINE = new RegExp(String.raw`(?:^|["'\x60])[\s#*/]*${NAMES}${VALUE}(?:\s{2,}|\t|\s+[-–:]\s+)(?:[-–:]\s+)?(\S.*)$`)

const MAX_LINE_CHARS = 400

/** What a program prints about its own flags, by flag: lines such as `  -f, --force   Overwrites files`. */
export function usageHelp(content: string): Map<string, string> {
  const found = new Map<string, string>()
  const lines = content.split('\n')
  for (const [at, line] of lines.entries()) {
    const [, names = '', help = ''] = line.length < MAX_LINE_CHARS ? (LINE.exec(line) ?? []) : []
    const text = withoutEnd(help)
    if (!/[A-Za-z]{2}.*\s|^[A-Z][a-z]+/.test(text)) continue
    const whole = [text, ...goingOn(lines, at)].join(' ')
    for (const name of names.match(/--?[A-Za-z][\w-]*/g) ?? []) if (!found.has(name)) found.set(name, whole)
  }
  return found
}

const MOST_LINES = 4
/** A line that stands further in than flags do, and begins with a word. */
const GOES_ON = /^\s*["'`]?\s{10,}([A-Za-z(].*)$/

/** The lines below that go on with the sentence, up to one that ends it. */
function goingOn(lines: string[], at: number): string[] {
  const found: string[] = []
  for (let row = at + 1; row <= at + MOST_LINES; row += 1) {
    const text = (lines[row]?.length ?? 0) < MAX_LINE_CHARS ? GOES_ON.exec(lines[row] ?? '')?.[1] : undefined
    const before = found.at(-1) ?? withoutEnd(lines[at] ?? '')
    if (text === undefined || /[.:!?)]$/.test(before)) break
    found.push(withoutEnd(text))
  }
  return found
}

/** Without what ends a literal in the code around. */
function withoutEnd(text: string): string {
  const cut = text.replace(/(?:\\[nrt])*["'`][,;)\s\\+]*$|(?:\\[nrt])+$/, '')
  const quote = /^["'`]/.exec(text.slice(cut.length).replace(/^(?:\\[nrt])*/, ''))?.[0]
  // What is quoted inside ends with its own mark: like `set -x`.
  const isInside = quote !== undefined && cut.split(quote).length % 2 === 0
  return (isInside ? text : cut).trim()
}
