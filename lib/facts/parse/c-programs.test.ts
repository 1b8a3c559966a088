import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function read(lines: string[]) {
  const file = await parseFile(lines.join('\n'), 'src/way.c')
  if (typeof file === 'string') throw new Error(file)
  return { programs: file.entryPoints.map(({ name }) => name), symbols: file.symbols.map(({ name }) => name) }
}

it('takes a main for a program, also behind conditions of the platform, not one that only tests its library', async () => {
  const main = ['int main(int argc, char **argv) {', '  return 0;', '}']
  const head = ['int walk(void) { return 1; }']
  expect(await read([...head, ...main])).toEqual({ programs: ['way'], symbols: ['walk'] })
  expect(await read([...head, '#ifndef _WIN32', ...main, '#endif'])).toEqual({ programs: ['way'], symbols: ['walk'] })
  expect(await read([...head, '#ifdef WAY_TEST', '#endif', ...main])).toEqual({ programs: ['way'], symbols: ['walk'] })
  for (const condition of ['#ifdef WAY_TEST_MAIN', '#if defined(WAY_TEST)', '# ifdef WAY_MAIN'])
    expect(await read([...head, condition, ...main, '#endif'])).toEqual({ programs: [], symbols: ['walk'] })
  const chosen = [
    '#ifdef WIN32',
    'int umain(int argc, char **argv) {',
    '#else',
    main[0] ?? '',
    '#endif',
    ...main.slice(1),
  ]
  expect((await read([...head, ...chosen])).programs).toEqual(['way'])
})
