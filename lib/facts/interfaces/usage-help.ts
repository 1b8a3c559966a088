const NAMES = String.raw`(--?[A-Za-z][\w-]*(?:(?:,\s*|\s*\|\s*|\s+)--?[A-Za-z][\w-]*)*)`
const VALUE = String.raw`(?:[ =]\[?<?[\w|.:-]+>?\]?(?:\.\.\.)?)?`
/** A line of a usage text: names, perhaps a value, two blanks or more, what it does. */
const LINE = new RegExp(String.raw`(?:^|["'\x60])[\s#*/]*${NAMES}${VALUE}(?:\s{2,}|\t|\s+[-–:]\s+)(\S.*)$`)

/** What a program prints about its own flags, by flag: lines such as `  -f, --force   Overwrites files`. */
export function usageHelp(content: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of content.split('\n')) {
    const [, names = '', help = ''] = line.length < 400 ? (LINE.exec(line) ?? []) : []
    const text = help.replace(/(?:\\[nrt])*["'`][,;)\s\\+]*$|(?:\\[nrt])+$/, '').trim()
    if (!/[A-Za-z]{2}.*\s|^[A-Z][a-z]+/.test(text)) continue
    for (const name of names.match(/--?[A-Za-z][\w-]*/g) ?? []) if (!found.has(name)) found.set(name, text)
  }
  return found
}
