/** `--max-depth=3` → `max-depth`, and `--no-color` → `no-color`, `color`: `no-` may be what a parser adds. */
export function dashedForms(flag: string): string[] {
  const name = flag.replace(/^--/, '').replace(/[= ].*$/, '')
  return [...new Set([name, name.replace(/^no-/, '')])]
}

/** How code names what a flag sets: in snake case, in capitals, in camel and in Pascal case. */
export function joinedForms(flag: string): string[] {
  return dashedForms(flag).flatMap((name) => {
    const [first = '', ...rest] = name.split('-')
    const tail = rest.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('')
    const pascal = first.slice(0, 1).toUpperCase() + first.slice(1) + tail
    return [name.replaceAll('-', '_'), name.replaceAll('-', '_').toUpperCase(), first + tail, pascal]
  })
}
